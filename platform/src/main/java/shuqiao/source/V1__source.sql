create sequence source.source_id;

create table source.source (
    id                      bigint      primary key,
    organization            text        not null,
    name                    text        not null check (name <> ''),
    host                    text        not null,
    port                    int         not null check (port between 1 and 65535),
    database                text        not null,
    username                text        not null,
    password                bytea       not null,
    tls_mode                text        not null
                            check (tls_mode in ('DISABLE', 'REQUIRE', 'VERIFY_CA', 'VERIFY_FULL')),
    ca_certificate          text,
    max_connections         int         not null check (max_connections between 1 and 64),
    max_megabytes           numeric,
    statement_timeout       int         not null check (statement_timeout >= 0),
    lock_timeout            int         not null check (lock_timeout >= 0),
    allowed_from            time,
    allowed_until           time,
    created_at              timestamptz not null,
    changed_at              timestamptz not null,
    unique (organization, name),
    check ((allowed_from is null) = (allowed_until is null))
);
comment on column source.source.password is 'sealed with SM4-GCM under the master key of the home, bound to this row';
comment on column source.source.max_megabytes is '10^6 bytes of tuples a second; null for as fast as it goes';
comment on column source.source.allowed_from is 'of Asia/Shanghai; a window from 22:00 to 06:00 passes midnight';
