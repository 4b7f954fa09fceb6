-- A run delivers into a table or into a file.
alter table exchange.run
    add column rail     text    not null default 'EXCHANGE' check (rail in ('EXCHANGE', 'FILE')),
    add column format   text    check (format in ('CSV', 'XLSX', 'PARQUET')),
    add column guarded  boolean not null default false,
    alter column target drop not null,
    alter column target_schema drop not null,
    alter column target_table drop not null,
    add check (num_nulls(target, target_schema, target_table) = case rail when 'FILE' then 3 else 0 end),
    add check ((rail = 'FILE') = (format is not null));

-- Files of delivered runs. They lie below the folder of files, which no address leads to.
create table exchange.file (
    run             text        not null references exchange.run (id),
    name            text        not null check (name ~ '^[a-z]+\.[a-z]+$'),
    title           text        not null,
    media_type      text        not null,
    bytes           bigint      not null,
    sha256          text        not null check (sha256 ~ '^[0-9a-f]{64}$'),
    place           text        not null,
    made_at         timestamptz not null,
    expires_at      timestamptz not null,
    removed_at      timestamptz,
    primary key (run, name)
);
comment on column exchange.file.name is 'in addresses';
comment on column exchange.file.title is 'as it is saved by a browser';
comment on column exchange.file.place is 'path below the folder of files';
create index file_there on exchange.file (expires_at) where removed_at is null;
