-- Work that is due, in our words. A row with the key "recurring" is a kind that comes again and again; the others are items.
create table work.task (
    id          bigint      generated always as identity unique,
    kind        text        not null,
    key         text        not null,
    payload     text        not null default '',
    due         timestamptz not null,
    attempt     int         not null default 0,
    cause       text        not null default '',
    dead_at     timestamptz,
    picked      boolean     not null default false,
    picked_by   text,
    alive_at    timestamptz,
    done_at     timestamptz,
    failed_at   timestamptz,
    version     bigint      not null default 1,
    priority    smallint,
    data        bytea,
    primary key (kind, key)
);
comment on table work.task is 'a kind of work that recurs, or an item of one; picked while a platform is at it';
comment on column work.task.attempt is 'of an item: begun so often; of a recurring kind: failed so often in a row';
comment on column work.task.cause is 'why the last attempt failed; empty after one that went well';
comment on column work.task.dead_at is 'an item that is not tried any more, until an operator says again';
create index task_due on work.task (kind, due) where dead_at is null;
create index task_dead on work.task (id) where dead_at is not null;

-- db-scheduler sees the recurring kinds alone, under the names that it knows; it inserts, picks, keeps alive and puts back through here.
create view work.round as
select kind as task_name, key as task_instance, data as task_data, due as execution_time, picked, picked_by,
    done_at as last_success, failed_at as last_failure, attempt as consecutive_failures, alive_at as last_heartbeat,
    version, priority
from work.task where key = 'recurring'
with check option;
