create table identity.person (
    username      text        primary key check (username ~ '^[a-z][a-z0-9._-]{1,63}$'),
    name          text        not null,
    organization  text,
    password      text        not null,
    roles         text[]      not null,
    disabled      boolean     not null default false,
    must_change   boolean     not null default false,
    failures      int         not null default 0,
    locked_until  timestamptz,
    created_at    timestamptz not null,
    sequence      bigint      not null generated always as identity unique
);
comment on column identity.person.must_change is 'a one-time password: nothing else works until an own one is set';

create table identity.program (
    client_id     text        primary key check (client_id ~ '^[a-z][a-z0-9._-]{1,63}$'),
    name          text        not null,
    organization  text        not null,
    secret        text        not null,
    roles         text[]      not null,
    disabled      boolean     not null default false,
    created_at    timestamptz not null,
    sequence      bigint      not null generated always as identity unique
);

-- The tables of Spring Session 4, under our schema.
create table identity.spring_session (
    primary_id             char(36)    not null primary key,
    session_id             char(36)    not null unique,
    creation_time          bigint      not null,
    last_access_time       bigint      not null,
    max_inactive_interval  int         not null,
    expiry_time            bigint      not null,
    principal_name         varchar(100)
);
create index spring_session_expiry on identity.spring_session (expiry_time);
create index spring_session_principal on identity.spring_session (principal_name);

create table identity.spring_session_attributes (
    session_primary_id  char(36)     not null references identity.spring_session (primary_id) on delete cascade,
    attribute_name      varchar(200) not null,
    attribute_bytes     bytea        not null,
    primary key (session_primary_id, attribute_name)
);
