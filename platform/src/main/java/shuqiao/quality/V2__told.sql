-- The value that searches know: what differs from it is told them.
alter table quality.score add column told int;
