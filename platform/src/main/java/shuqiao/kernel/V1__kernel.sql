-- Answers already given to calls with an Idempotency-Key, kept for a day.
create table kernel.answered (
    actor       text        not null,
    key         text        not null,
    digest      text        not null,
    at          timestamptz not null,
    status      int,
    headers     jsonb,
    body        bytea,
    primary key (actor, key)
);
create index answered_at on kernel.answered (at);

-- Settings of the city that rooms share, each one a row.
create table kernel.setting (
    name        text        primary key,
    value       text        not null
);
