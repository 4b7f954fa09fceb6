-- How long before a withdrawal it is announced, and how often mounts are looked at; one row.
create table upkeep.rule (
    only_row     boolean primary key default true check (only_row),
    notice_days  int     not null check (notice_days between 1 and 365),
    check_hours  int     not null check (check_hours between 1 and 168)
);
comment on column upkeep.rule.notice_days is 'calendar days that a department announces a withdrawal ahead, at least';
insert into upkeep.rule (notice_days, check_hours) values (30, 24);

-- People are reminded of data that is due by the room that reminds of all due work.
drop table upkeep.reminder;
