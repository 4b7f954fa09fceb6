-- How often a rule may be used; null: once, because the rule names no number.
alter table sharing.profile_limit add column times int check (times between 1 and 20);

-- A provider's wish for more time, and what the authority answered.
create table sharing.extension (
    id            bigint      generated always as identity primary key,
    request       bigint      not null references sharing.request (id),
    days          int         not null check (days > 0),
    reason        text        not null check (reason <> ''),
    asked_by      text        not null,
    asked_at      timestamptz not null,
    outcome       text        check (outcome in ('CONSENTED', 'REFUSED')),
    given         int         not null default 0,
    answer        text        not null default '',
    due_before    date        not null,
    due_after     date,
    answered_at   timestamptz
);
comment on column sharing.extension.days is 'working days that are asked for';
comment on column sharing.extension.given is 'working days the authority consented to; at most those asked for';
create unique index extension_waiting on sharing.extension (request) where outcome is null;
create index extension_request on sharing.extension (request, id);

-- What the consumer holds against an answer, and how it ended; one for a request.
create table sharing.dispute (
    request       bigint      primary key references sharing.request (id),
    reason        text        not null default '',
    opened_by     text        not null default '',
    opened_at     timestamptz,
    answer        text        not null default '',
    answered_at   timestamptz,
    appeal        text        not null default '',
    appealed_by   text        not null default '',
    appealed_at   timestamptz,
    outcome       text        check (outcome in ('PROVIDE', 'PROVIDE_IN_PART', 'UPHOLD')),
    award_reason  text        not null default '',
    award_basis   text        not null default '',
    awarded_at    timestamptz
);
comment on column sharing.dispute.reason is 'why the consumer asks for talks; empty where the profile leads to the authority at once';
comment on column sharing.dispute.appeal is 'why the consumer asks the authority to settle it';
comment on column sharing.dispute.outcome is 'the award of the authority; binding';

-- A changed answer gives a new grant; the earlier one has ended by then.
alter table sharing."grant" drop constraint grant_request_key;
create index grant_request on sharing."grant" (request, id);

-- Where a request comes from that was not written from nothing.
create table sharing.origin (
    request       bigint      primary key references sharing.request (id),
    kind          text        not null check (kind in ('RENEWAL', 'COPY')),
    "grant"       bigint      references sharing."grant" (id),
    earlier       bigint      not null references sharing.request (id),
    check ((kind = 'RENEWAL') = ("grant" is not null))
);
create index origin_grant on sharing.origin ("grant") where "grant" is not null;

create trigger never_changes before update or delete on sharing.origin
    for each row execute function sharing.never_changes();
