-- What was told of a deadline. The key lets each be told once, however many platforms look.
create table reminder.told (
    deadline  text        not null,
    due       date        not null,
    stage     text        not null,
    told_at   timestamptz not null,
    primary key (deadline, due, stage)
);
comment on column reminder.told.stage is 'BEFORE_n working days, DUE, LATE_day, ESCALATED; a due date that moves begins anew';
create index told_at on reminder.told (told_at);

-- When people are reminded; one row.
create table reminder.rule (
    only_row        boolean primary key default true check (only_row),
    before_days     int[]   not null,
    escalate_after  int     not null check (escalate_after between 1 and 30)
);
comment on column reminder.rule.before_days is 'working days before the due date';
insert into reminder.rule (before_days, escalate_after) values (array[3, 1], 2);
