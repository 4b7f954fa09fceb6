-- The rules a city shares by. A version is never changed; a correction is a new version.
create table sharing.profile (
    id            bigint      generated always as identity primary key,
    code          text        not null check (code ~ '^[A-Z][A-Z0-9_]{1,39}$'),
    version       int         not null check (version > 0),
    name          text        not null check (name <> ''),
    name_en       text        not null,
    verified      boolean     not null,
    clock_start   text        not null check (clock_start in ('SENT', 'ACCEPTED')),
    scope_rule    text        not null check (scope_rule in ('DIRECT_WITHIN_SCOPE', 'APPLY_ALWAYS')),
    negotiation   boolean     not null,
    arbitration   boolean     not null,
    bases         text        not null,
    created_by    text        not null,
    created_at    timestamptz not null,
    unique (code, version)
);
comment on column sharing.profile.verified is 'false: 待核, the numbers still have to be compared with the text of the law';
comment on column sharing.profile.bases is 'kinds of basis a refusal may cite, separated by commas';

create table sharing.profile_limit (
    profile       bigint      not null references sharing.profile (id),
    what          text        not null,
    working_days  int         check (working_days between 0 and 250),
    article       text        not null check (article <> ''),
    primary key (profile, what)
);
comment on column sharing.profile_limit.working_days is 'null: the rule exists, but names no number of days';

-- Which profile holds; the newest row counts, the others are history.
create table sharing.profile_choice (
    id            bigint      generated always as identity primary key,
    profile       bigint      not null references sharing.profile (id),
    chosen_by     text        not null,
    chosen_at     timestamptz not null
);

insert into sharing.profile (code, version, name, name_en, verified, clock_start, scope_rule,
                             negotiation, arbitration, bases, created_by, created_at)
values ('SEED_2017', 1, '政务信息资源共享管理暂行办法（2017年市级方案）',
        'Interim Measures for Sharing Government Information (city plans of 2017)',
        true, 'SENT', 'APPLY_ALWAYS', true, true, 'LAW,ADMINISTRATIVE_REGULATION,STATE_POLICY,PROVINCE_POLICY,CITY_POLICY',
        'platform', timestamptz '2026-01-01 00:00:00+08'),
       ('REG_2025', 1, '政务数据共享条例（2025年）', 'Regulations on Sharing Government Data (2025)',
        false, 'ACCEPTED', 'APPLY_ALWAYS', true, true, 'LAW,ADMINISTRATIVE_REGULATION,STATE_POLICY',
        'platform', timestamptz '2026-01-01 00:00:00+08');

insert into sharing.profile_limit (profile, what, working_days, article)
select id, what, days, article
from sharing.profile
join (values ('SEED_2017', 'ANSWER_UNCONDITIONAL', 0,          '国发〔2016〕51号 第十二条'),
             ('SEED_2017', 'ANSWER_CONDITIONAL',   10,         '国发〔2016〕51号 第十二条'),
             ('SEED_2017', 'REFUSAL_BASIS',        null,       '国发〔2016〕51号 第十条'),
             ('SEED_2017', 'NEGOTIATION',          null,       '国发〔2016〕51号 第十二条'),
             ('SEED_2017', 'ARBITRATION',          null,       '国发〔2016〕51号 第十二条'),
             ('REG_2025',  'ANSWER_UNCONDITIONAL', 1,          '国务院令第809号（条款待核）'),
             ('REG_2025',  'ANSWER_CONDITIONAL',   10,         '国务院令第809号（条款待核）'),
             ('REG_2025',  'EXTENSION',            10,         '国务院令第809号（条款待核）'),
             ('REG_2025',  'REFUSAL_BASIS',        null,       '国务院令第809号（条款待核）'),
             ('REG_2025',  'NEGOTIATION',          null,       '国务院令第809号（条款待核）'),
             ('REG_2025',  'ARBITRATION',          null,       '国务院令第809号（条款待核）'),
             ('REG_2025',  'SHARE_WITHIN',         20,         '国务院令第809号（条款待核）')
     ) as rule (code, what, days, article) using (code);

-- The last number given of each kind of document in each year.
create table sharing.document_number (
    kind          text        not null,
    year          int         not null,
    last          bigint      not null,
    primary key (kind, year)
);

create table sharing.request (
    id            bigint      generated always as identity primary key,
    number        text        not null unique,
    resource      bigint      not null,
    code          text        not null,
    version       int         not null,
    title         text        not null,
    provider      text        not null,
    consumer      text        not null,
    state         text        not null,
    fields        json        not null,
    filter        json        not null,
    masks         json        not null,
    purpose       text        not null,
    purpose_text  text        not null,
    basis         text        not null,
    mode          text        not null,
    from_day      date        not null,
    until_day     date        not null check (until_day >= from_day),
    profile       bigint      references sharing.profile (id),
    proposal      text        not null default '',
    writer        text        not null,
    preparer      text        not null default '',
    outcome       text,
    opinion       text        not null default '',
    reason        text        not null default '',
    refusal_basis text,
    basis_text    text        not null default '',
    revision      int         not null default 1,
    created_at    timestamptz not null,
    changed_at    timestamptz not null
);
comment on column sharing.request.version is 'version of the resource that was asked for, taken anew at each sending';
comment on column sharing.request.profile is 'the profile in force when it was first sent; it stays under that one';
comment on column sharing.request.writer is 'who wrote it last: not the one to send it';
create index request_consumer on sharing.request (consumer, id);
create index request_provider on sharing.request (provider, id);
create index request_open on sharing.request (state) where state in ('DRAFT', 'RETURNED', 'SENT', 'ACCEPTED', 'PREPARED');
create index request_resource on sharing.request (resource, id);

-- What happened to a request; only added to.
create table sharing.step (
    id            bigint      generated always as identity primary key,
    request       bigint      not null references sharing.request (id),
    move          text        not null,
    state         text        not null,
    by_name       text        not null,
    organization  text,
    note          text        not null,
    at            timestamptz not null
);
create index step_request on sharing.step (request, id);

-- One running, paused or stopped deadline of a request.
create table sharing.deadline (
    request       bigint      not null references sharing.request (id),
    what          text        not null,
    profile       bigint      not null references sharing.profile (id),
    article       text        not null,
    working_days  int         not null,
    state         text        not null check (state in ('RUNNING', 'PAUSED', 'STOPPED')),
    counted_from  date        not null,
    days          int         not null,
    due           date        not null,
    estimated     boolean     not null,
    stopped_on    date,
    primary key (request, what)
);
comment on column sharing.deadline.counted_from is 'the day that is not counted: of the start, or of the last resumption';
comment on column sharing.deadline.days is 'working days counted from there; of a paused one those that are left';
create index deadline_running on sharing.deadline (due) where state = 'RUNNING';

create table sharing.deadline_change (
    id            bigint      generated always as identity primary key,
    request       bigint      not null,
    what          text        not null,
    change        text        not null,
    due           date        not null,
    estimated     boolean     not null,
    days_left     int         not null,
    reason        text        not null,
    at            timestamptz not null,
    foreign key (request, what) references sharing.deadline (request, what)
);
create index deadline_change_request on sharing.deadline_change (request, id);

create table sharing."grant" (
    id            bigint      generated always as identity primary key,
    number        text        not null unique,
    request       bigint      not null unique references sharing.request (id),
    rule          text        not null,
    resource      bigint      not null,
    code          text        not null,
    version       int         not null,
    title         text        not null,
    provider      text        not null,
    consumer      text        not null,
    source        bigint      not null,
    mode          text        not null,
    scope         text        not null,
    digest        text        not null,
    from_day      date        not null,
    until_day     date        not null,
    issued_at     timestamptz not null
);
create index grant_consumer on sharing."grant" (consumer, id);
create index grant_provider on sharing."grant" (provider, id);

create function sharing.never_changes() returns trigger language plpgsql as $$
begin
    raise exception '% is never changed or deleted', tg_table_name;
end $$;
create trigger never_changes before update or delete on sharing."grant"
    for each row execute function sharing.never_changes();
create trigger never_changes before update or delete on sharing.step
    for each row execute function sharing.never_changes();
create trigger never_changes before update or delete on sharing.profile
    for each row execute function sharing.never_changes();
create trigger never_changes before update or delete on sharing.profile_limit
    for each row execute function sharing.never_changes();

-- A grant that ended before its day.
create table sharing.grant_end (
    "grant"       bigint      primary key references sharing."grant" (id),
    organization  text,
    by_name       text        not null,
    reason        text        not null check (reason <> ''),
    at            timestamptz not null
);

-- What was delivered under a grant, told by the exchange; a run counts once.
create table sharing.grant_delivery (
    "grant"       bigint      not null references sharing."grant" (id),
    run           text        not null,
    rows          bigint      not null,
    at            timestamptz not null,
    primary key ("grant", run)
);
