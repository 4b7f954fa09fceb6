alter table source.source add revision int not null default 1;
comment on column source.source.revision is 'counts every change; whoever changes says which one was seen';

create table source.address_change (
    id             bigint      generated always as identity primary key,
    source         bigint      not null unique references source.source (id) on delete cascade,
    host           text        not null,
    port           int         not null check (port between 1 and 65535),
    database       text        not null,
    username       text        not null,
    password       bytea       not null,
    tls_mode       text        not null
                               check (tls_mode in ('DISABLE', 'REQUIRE', 'VERIFY_CA', 'VERIFY_FULL')),
    ca_certificate text,
    asked_by       text        not null,
    asked_by_name  text        not null,
    asked_at       timestamptz not null
);
comment on table source.address_change is 'a new address of a source, not used before a second person has seen it; one at a time for each source';
comment on column source.address_change.password is 'sealed under the master key, bound to the source and to being a change';
