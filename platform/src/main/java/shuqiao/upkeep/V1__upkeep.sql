create table upkeep.watch (
    resource    bigint      primary key,
    provider    text        not null,
    source      bigint      not null,
    title       text        not null,
    version     int         not null,
    baseline    jsonb,
    next_at     timestamptz not null,
    checked_at  timestamptz,
    outcome     text,
    said_zh     text        not null default '',
    said_en     text        not null default ''
);
comment on table upkeep.watch is 'each published resource, and when it is compared with its live table next';
comment on column upkeep.watch.baseline is 'the table as it was first seen for this version; null before';
comment on column upkeep.watch.said_zh is 'why the table could not be looked at';
create index watch_next on upkeep.watch (next_at);
create index watch_source on upkeep.watch (source);

create table upkeep.difference (
    id          bigint      primary key generated always as identity,
    resource    bigint      not null,
    provider    text        not null,
    title       text        not null,
    version     int         not null,
    kind        text        not null,
    item        text        not null,
    col         text        not null,
    was         text        not null,
    is_now      text        not null,
    found_at    timestamptz not null,
    closed_at   timestamptz
);
comment on table upkeep.difference is 'where a live table is not as it was mounted; closed when it is again, or the catalog follows';
create unique index difference_open on upkeep.difference (resource, kind, col) where closed_at is null;
create index difference_resource on upkeep.difference (resource, id);

create table upkeep.flag (
    id          bigint      primary key generated always as identity,
    grant_id    bigint      not null,
    number      text        not null,
    resource    bigint      not null,
    title       text        not null,
    version     int         not null,
    provider    text        not null,
    consumer    text        not null,
    reasons     jsonb       not null,
    raised_at   timestamptz not null,
    answered_at timestamptz,
    answered_by text,
    closed_at   timestamptz
);
comment on table upkeep.flag is 'grants that a new version of their resource touches';
create unique index flag_open on upkeep.flag (grant_id) where closed_at is null;
create index flag_consumer on upkeep.flag (consumer, id) where closed_at is null;

create table upkeep.ending (
    id            bigint      primary key generated always as identity,
    resource      bigint      not null,
    provider      text        not null,
    title         text        not null,
    day           date        not null,
    reason        text        not null,
    announced_by  text        not null,
    announced_at  timestamptz not null,
    week_told     boolean     not null,
    day_told      boolean     not null,
    taken_back_at timestamptz,
    ended_at      timestamptz
);
comment on table upkeep.ending is 'announced withdrawals: from this day on nothing is provided';
create unique index ending_open on upkeep.ending (resource) where taken_back_at is null and ended_at is null;
create index ending_day on upkeep.ending (day) where taken_back_at is null and ended_at is null;

create table upkeep.reminder (
    resource bigint      not null,
    due      date        not null,
    week     int         not null,
    told_at  timestamptz not null,
    primary key (resource, due, week)
);
comment on table upkeep.reminder is 'each word to a provider that data is due, said once';
