create table source.tries (
    who      text        primary key,
    since    timestamptz not null,
    failures int         not null,
    wrong    int         not null
);
comment on table source.tries is 'connections that failed, by source and by person, since a moment; the window is in Tries';
comment on column source.tries.who is 'source:<id>, or person:<user name or client id>';
comment on column source.tries.failures is 'failed ones, and those under way';
comment on column source.tries.wrong is 'passwords that were entered and that the server refused';
