-- Queue, state, history and receipt of a run in one row: what a kill -9 leaves is taken up from here.
create table exchange.run (
    id              text        primary key check (id ~ '^[a-z0-9-]{1,36}$'),
    sequence        bigint      not null generated always as identity unique,
    number          text        not null unique,
    grant_id        bigint      not null,
    resource        bigint      not null,
    code            text        not null,
    version         int         not null,
    title           text        not null,
    provider        text        not null,
    consumer        text        not null,
    mode            text        not null check (mode in ('SNAPSHOT')),
    source          bigint      not null,
    target          bigint      not null,
    target_schema   text        not null,
    target_table    text        not null,
    target_key      text        not null,
    verify_full     boolean     not null,
    asked_kind      text        not null,
    asked_by        text        not null,
    asked_at        timestamptz not null,
    row_estimate    bigint,

    state           text        not null check (state in
        ('QUEUED', 'RUNNING', 'DELIVERED', 'FAILED', 'CANCELLED', 'SUPERSEDED')),
    not_before      timestamptz not null,
    waits_for       text,
    attempt         int         not null default 0,
    failures        int         not null default 0,
    owner           text,
    lease_until     timestamptz,
    cancel_by       text,
    cancel_reason   text,
    phase           text,
    rows            bigint      not null default 0,
    bytes           bigint      not null default 0,
    started_at      timestamptz,
    finished_at     timestamptz,
    swap_method     text,
    notes           text[]      not null default '{}',
    failure_key     text,
    failure_zh      text,
    failure_en      text,
    receipt         text,
    entry           bigint,
    check ((state = 'RUNNING') = (owner is not null)),
    check ((state = 'DELIVERED') = (receipt is not null))
);
comment on column exchange.run.target_key is 'address and table: one run at a time writes it';
create index run_ready on exchange.run (target_key, sequence) where state in ('QUEUED', 'RUNNING');
create index run_grant on exchange.run (grant_id, sequence);
create index run_provider on exchange.run (provider, sequence);
create index run_consumer on exchange.run (consumer, sequence);

create table exchange.number (
    year            int         primary key,
    last            bigint      not null
);

-- Keys of the mask "hash", one for each pair of departments, sealed.
create table exchange.hash_key (
    provider        text        not null,
    consumer        text        not null,
    sealed          bytea       not null,
    primary key (provider, consumer)
);
