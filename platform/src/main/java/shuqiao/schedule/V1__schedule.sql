-- A standing order of a consumer. The turn that is due is taken under "skip locked", so any number of platforms may look.
create table schedule.schedule (
    id              bigint      primary key generated always as identity,
    grant_id        bigint      not null,
    number          text        not null,
    resource        bigint      not null,
    title           text        not null,
    provider        text        not null,
    consumer        text        not null,
    target          bigint      not null,
    target_schema   text        not null,
    target_table    text        not null,
    verify_full     boolean     not null,
    rhythm          text        not null check (rhythm in ('CRON', 'WORKING_DAYS', 'AFTER_UPDATE')),
    cron            text,
    at_time         time,
    made_by         text        not null,
    made_at         timestamptz not null,

    state           text        not null check (state in ('ACTIVE', 'PAUSED', 'ENDED')),
    stopped_by      text,
    stopped_at      timestamptz,
    why_zh          text,
    why_en          text,
    next_at         timestamptz,
    last_run        text,
    last_at         timestamptz,
    turns           bigint      not null default 0,
    skipped         bigint      not null default 0,
    failures        int         not null default 0,
    check ((rhythm = 'CRON') = (cron is not null)),
    check ((rhythm = 'WORKING_DAYS') = (at_time is not null)),
    check ((state = 'ACTIVE') = (stopped_at is null)),
    check (next_at is null or state = 'ACTIVE')
);
comment on column schedule.schedule.failures is 'runs that failed one after another since the last delivery';
create index schedule_due on schedule.schedule (next_at) where next_at is not null;
create index schedule_run on schedule.schedule (last_run) where last_run is not null;
create index schedule_waiting on schedule.schedule (resource) where rhythm = 'AFTER_UPDATE' and state = 'ACTIVE';
create index schedule_consumer on schedule.schedule (consumer, id);
create index schedule_provider on schedule.schedule (provider, id);
-- Two standing orders that write one table would undo each other's work.
create unique index schedule_one on schedule.schedule (grant_id, target, target_schema, target_table) where state <> 'ENDED';
