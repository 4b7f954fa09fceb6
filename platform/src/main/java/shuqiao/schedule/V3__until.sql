-- A schedule ends with its grant, not in a turn that fails. Of those made before, the last day is filled in at the next start.
alter table schedule.schedule add column grant_until date;
comment on column schedule.schedule.grant_until is 'last day of the grant; null where it is not known yet';
create index schedule_until on schedule.schedule (grant_until) where state <> 'ENDED';
