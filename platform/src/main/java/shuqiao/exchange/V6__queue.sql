-- However long the history is, the next run is found among those that are not over, and those under way are counted alone.
create index run_queue on exchange.run (sequence) where state in ('QUEUED', 'RUNNING');
create index run_under_way on exchange.run (source, target) where state = 'RUNNING';
