create table compilation.batch (
    id           text        primary key,
    number       text        not null,
    round        int         not null check (round >= 1),
    provider     text        not null,
    uploaded_by  text        not null,
    uploaded_at  timestamptz not null,
    file_name    text        not null,
    places       jsonb,
    imported_at  timestamptz,
    added        int         not null default 0,
    changed      int         not null default 0,
    undone_at    timestamptz,
    unique (provider, number, round)
);
comment on table compilation.batch is 'a workbook of entries that was handed in; the file itself lives a day in the room workbook';
comment on column compilation.batch.round is 'how often the same workbook came back';
comment on column compilation.batch.places is 'which columns stand for which, once a person has said so';
create index batch_owner on compilation.batch (uploaded_by, uploaded_at desc);

create table compilation.imported (
    batch    text   not null references compilation.batch (id) on delete cascade,
    resource bigint not null,
    act      text   not null check (act in ('ADDED', 'CHANGED', 'VERSION')),
    revision int    not null,
    before   jsonb,
    primary key (batch, resource),
    check ((act = 'CHANGED') = (before is not null))
);
comment on table compilation.imported is 'what an import wrote, to undo it within the day';
comment on column compilation.imported.revision is 'of the resource after the import; a later change is not undone';

create table compilation.day (
    day  date primary key,
    last int  not null check (last >= 1)
);
comment on table compilation.day is 'the last number of a batch given on that day';

create table compilation.tick (
    subject  text   not null,
    resource bigint not null,
    primary key (subject, resource)
);
comment on table compilation.tick is 'entries that somebody has ticked, over the pages of lists, to do one step for all of them';
