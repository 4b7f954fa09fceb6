-- When people may be reached, on working days; one row.
create table notice.delivery (
    only_row    boolean primary key default true check (only_row),
    from_time   time    not null,
    until_time  time    not null,
    check (from_time < until_time)
);
insert into notice.delivery (from_time, until_time) values ('08:30', '18:00');

-- The server that takes our mail; one row, or none before the administrator has named one.
create table notice.mail_server (
    only_row    boolean     primary key default true check (only_row),
    enabled     boolean     not null,
    host        text        not null check (host <> ''),
    port        int         not null check (port between 1 and 65535),
    security    text        not null check (security in ('NONE', 'STARTTLS', 'TLS')),
    username    text        not null,
    password    bytea,
    sender      text        not null check (sender <> '')
);
comment on column notice.mail_server.password is 'sealed by the vault; null when the server asks for none';

-- Who wants notices by mail, and where.
create table notice.wish (
    username      text  primary key,
    mail          text  not null check (mail in ('NONE', 'EACH', 'DIGEST')),
    address       text  not null,
    language      text  not null check (language in ('zh', 'en')),
    digest_after  bigint not null default 0,
    digest_day    date,
    check (mail = 'NONE' or address <> '')
);
comment on column notice.wish.digest_after is 'the last notice that a digest told of';

-- The queue. A letter is written when it is sent: in the language and to the address of that moment.
create table notice.mail (
    id            bigint      generated always as identity primary key,
    receiver      text        not null,
    kind          text        not null check (kind in ('EACH', 'DIGEST')),
    notices       bigint[]    not null,
    state         text        not null check (state in ('WAITING', 'SENT', 'FAILED', 'DROPPED')),
    attempts      int         not null default 0,
    next_at       timestamptz not null,
    leased_until  timestamptz,
    fault         text        not null default '',
    made_at       timestamptz not null,
    ended_at      timestamptz
);
comment on column notice.mail.state is 'DROPPED: read in page meanwhile, or no mail wanted any more';
comment on column notice.mail.fault is 'why the last attempt failed: a word of ours and the number of the server''s reply, never its text';
create index mail_waiting on notice.mail (next_at, id) where state = 'WAITING';
create index mail_newest on notice.mail (id desc);
