create table line.place (
    source         bigint      primary key,
    organization   text        not null,
    name           text        not null,
    most           int         not null,
    address        text        not null,
    failures       int         not null default 0,
    first_failed   timestamptz,
    last_failed    timestamptz,
    reason         text,
    opened         int         not null default 0,
    open_until     timestamptz,
    probe_until    timestamptz,
    copies_wanted  int         not null default 0,
    copies_wait    timestamptz
);
comment on table line.place is 'a data source as it was last dialled; its row is locked while somebody is let in';
comment on column line.place.most is 'sessions at the same time, whatever they are for';
comment on column line.place.address is 'digest; with another one the failures are forgotten';
comment on column line.place.failures is 'to reach it, in a row, since first_failed';
comment on column line.place.opened is 'how often it was not dialled for a while since it was last reached';
comment on column line.place.probe_until is 'until then one who tries whether it answers again is waited for';
comment on column line.place.copies_wait is 'until then a copy that found no place for copies_wanted sessions goes first';

create table line.session (
    id           bigint      generated always as identity primary key,
    source       bigint      not null,
    organization text        not null,
    name         text        not null,
    side         text        not null,
    occasion      text        not null,
    copies       boolean     not null,
    by_kind      text        not null,
    by_whom      text        not null,
    about        text        not null,
    platform     text        not null,
    address      text,
    asked_at     timestamptz not null,
    opened_at    timestamptz,
    closed_at    timestamptz,
    questions    int,
    rows         bigint,
    received     bigint,
    sent         bigint,
    outcome      text
);
create index session_open on line.session (source) where closed_at is null;
create index session_of_source on line.session (source, id desc);
create index session_by_age on line.session (asked_at);
comment on table line.session is 'one row for each session with a department''s database, written before anything is dialled';
comment on column line.session.copies is 'counted in the share of deliveries';
comment on column line.session.about is 'number of the run or grant it was for';
comment on column line.session.address is 'that was dialled, with its port';
comment on column line.session.outcome is 'done, lost (its platform ended), or the key of the failure; null while it is open';

create table line.platform (
    id   text        primary key,
    seen timestamptz not null
);
comment on table line.platform is 'processes that have sessions; one that was not seen for ten seconds has none any more';
