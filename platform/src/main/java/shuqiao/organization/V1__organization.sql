create table organization.organization (
    code        text        primary key check (code ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'),
    name        text        not null unique check (name <> ''),
    short_name  text        not null check (short_name <> ''),
    name_en     text        not null default '',
    division    text        not null check (division ~ '^[0-9]{6}$'),
    level       text        not null check (level in ('PROVINCE', 'CITY', 'COUNTY', 'TOWN')),
    parent      text        references organization.organization (code),
    authority   boolean     not null default false,
    closed      boolean     not null default false,
    created_at  timestamptz not null,
    sequence    bigint      not null generated always as identity unique
);
comment on column organization.organization.authority is 'the data authority of this level: one at most';
create unique index organization_authority on organization.organization (division) where authority;
