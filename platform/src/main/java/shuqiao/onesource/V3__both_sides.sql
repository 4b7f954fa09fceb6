-- Sketches made so far were made under one key that every registered server was told, and nobody
-- was asked. They are gone, with all that was found by them, and so is the key.
drop table onesource.likeness;
drop table onesource.sketch;
drop table onesource.secret;
delete from onesource.turn;
alter table onesource.turn drop column refused;
create index turn_next on onesource.turn (next_at);

-- Which columns of a resource its department lets be compared with those of others.
create table onesource.agreement (
    resource    bigint      not null,
    column_name text        not null,
    agreed_by   text        not null,
    agreed_at   timestamptz not null,
    primary key (resource, column_name)
);

-- A sample of the hashes of a column, each hashed once more with a key that never leaves us.
create table onesource.sketch (
    resource    bigint      not null,
    column_name text        not null,
    provider    text        not null,
    item_key    text        not null,
    level       int         not null,
    counts      int[]       not null,
    hashes      bigint[]    not null,
    taken_by    text        not null,
    taken_at    timestamptz not null,
    primary key (resource, column_name),
    foreign key (resource, column_name) references onesource.agreement on delete cascade
);
comment on column onesource.sketch.level is 'one value in 2^level was kept, by chance';
comment on column onesource.sketch.counts is 'how many of the first hashes are those of this level, of the next, and so on';
create index sketch_key on onesource.sketch (item_key);

-- What two columns of different departments have in common, each pair in both directions; there as
-- long as both sides let them be compared.
create table onesource.likeness (
    resource     bigint      not null,
    column_name  text        not null,
    other        bigint      not null,
    other_column text        not null,
    band         text        not null check (band in ('LITTLE', 'QUARTER', 'HALF', 'MOST')),
    compared_at  timestamptz not null,
    primary key (resource, column_name, other, other_column),
    foreign key (resource, column_name) references onesource.sketch on delete cascade,
    foreign key (other, other_column) references onesource.sketch on delete cascade
);
create index likeness_other on onesource.likeness (other, other_column);

create table onesource.pepper (
    only_row boolean primary key default true check (only_row),
    sealed   bytea   not null
);

-- How often a department had its columns compared on a day.
create table onesource.asked (
    provider text not null,
    day      date not null,
    times    int  not null,
    primary key (provider, day)
);
