-- The items of all valid versions, by what they stand for.
create table onesource.item (
    resource      bigint not null,
    position      int    not null,
    provider      text   not null,
    code          text   not null,
    resource_name text   not null,
    version       int    not null,
    name          text   not null,
    item_key      text   not null,
    name_key      text   not null,
    data_type     text,
    length        int,
    column_name   text   not null,
    formula       int    not null,
    primary key (resource, position)
);
comment on column onesource.item.item_key is 'identifier of the standard data element where the name is one, else name_key';
comment on column onesource.item.name_key is 'name without width, blanks, punctuation and case';
create index item_key on onesource.item (item_key, provider);

-- Which entry an item is to be taken from.
create table onesource.decision (
    item_key   text        primary key,
    resource   bigint      not null,
    reason     text        not null check (reason <> ''),
    decided_by text        not null,
    decided_at timestamptz not null,
    revision   int         not null default 1
);
create index decision_resource on onesource.decision (resource);

-- What a department says to being told that it collects twice.
create table onesource.answer (
    item_key    text        not null,
    resource    bigint      not null,
    keeps       boolean     not null,
    reason      text        not null,
    answered_by text        not null,
    answered_at timestamptz not null,
    primary key (item_key, resource),
    check (not keeps or reason <> '')
);
create index answer_resource on onesource.answer (resource);

-- Keyed hashes of columns, as many as a sketch holds.
create table onesource.sketch (
    resource    bigint      not null,
    column_name text        not null,
    provider    text        not null,
    hashes      bytea       not null,
    complete    boolean     not null,
    taken_by    text        not null,
    taken_at    timestamptz not null,
    primary key (resource, column_name)
);

-- What two columns of different departments have in common, each pair in both directions.
create table onesource.likeness (
    resource        bigint           not null,
    column_name     text             not null,
    other           bigint           not null,
    other_column    text             not null,
    compared        int              not null,
    shared          int              not null,
    low             double precision not null,
    high            double precision not null,
    exact           boolean          not null,
    within_compared int              not null,
    within_shared   int              not null,
    primary key (resource, column_name, other, other_column)
);
comment on column onesource.likeness.within_compared is 'values of this column that were looked up in the other; 0 when too few';
create index likeness_other on onesource.likeness (other);

create table onesource.secret (
    only_row boolean primary key default true check (only_row),
    sealed   bytea   not null
);
