-- Who signs for a reviewer who is away. Kept for ever: it proves by what right somebody signed.
create table identity.substitution (
    id            bigint      generated always as identity primary key,
    absent        text        not null references identity.person (username),
    substitute    text        not null references identity.person (username),
    from_day      date        not null,
    until_day     date        not null check (until_day >= from_day),
    reason        text        not null check (reason <> ''),
    named_by      text        not null,
    named_at      timestamptz not null,
    ended_by      text,
    ended_at      timestamptz,
    check (absent <> substitute)
);
create index substitution_substitute on identity.substitution (substitute, until_day) where ended_at is null;
create index substitution_absent on identity.substitution (absent, until_day) where ended_at is null;
