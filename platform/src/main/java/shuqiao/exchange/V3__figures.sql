-- Runs that were under way in a day or a month: all that ended after its begin, and those not over.
create index run_finished on exchange.run (coalesce(finished_at, 'infinity'::timestamptz));
