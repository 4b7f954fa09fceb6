-- One name is one subject, over people and programs. Where both had the same name before, they
-- keep it and are shown to the security administrator.
create table identity.subject (
    name  text primary key,
    kind  text not null check (kind in ('PERSON', 'PROGRAM'))
);
insert into identity.subject (name, kind) select username, 'PERSON' from identity.person;
insert into identity.subject (name, kind) select client_id, 'PROGRAM' from identity.program on conflict do nothing;

alter table identity.program
    add column owner text,
    add column owner_known boolean not null default false,
    add column secret_waits boolean not null default false;
create index program_owner on identity.program (owner) where owner is not null;
comment on column identity.program.owner is 'who holds the secret: a person, or a program that nobody owns; null when nobody does or it is not known';
comment on column identity.program.owner_known is 'false for programs of before, whose secret somebody was shown who is not known';
comment on column identity.program.secret_waits is 'its department has a secret to collect; until then none works';

-- What one administrator may not do alone. Kept for ever: it shows who agreed.
create table identity.pending_change (
    id          bigint      generated always as identity primary key,
    kind        text        not null,
    subject     text        not null,
    entry       jsonb       not null,
    seen        text        not null,
    asked_by    text        not null,
    asked_at    timestamptz not null,
    expires_at  timestamptz not null,
    state       text        not null default 'WAITING' check (state in ('WAITING', 'DONE', 'REFUSED')),
    ended_by    text,
    ended_at    timestamptz
);
create index pending_change_state on identity.pending_change (state, id);
comment on column identity.pending_change.seen is 'how the account was when it was asked for; another by then, and it is not done';

comment on column identity.person.failures is 'no longer written: wrong passwords are counted by name and place, in memory';
comment on column identity.person.locked_until is 'no longer written';
