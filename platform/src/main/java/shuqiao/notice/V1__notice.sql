-- What one person was told. Facts, not sentences: the reader's language is known when it is read.
create table notice.notice (
    id        bigint      generated always as identity primary key,
    receiver  text        not null,
    key       text        not null check (key ~ '^[a-z][a-z-]*\.[a-z][a-z0-9.-]*$'),
    facts     jsonb       not null,
    path      text        not null check (path ~ '^/([^/]|$)'),
    told_at   timestamptz not null,
    read_at   timestamptz
);
comment on column notice.notice.receiver is 'user name; accounts are never removed';
comment on column notice.notice.key is 'room and matter';
create index notice_receiver on notice.notice (receiver, id);
create index notice_unread on notice.notice (receiver, id) where read_at is null;
