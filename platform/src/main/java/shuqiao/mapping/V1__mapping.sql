-- Which column of a consumer's table each granted field fills; every run of the grant into that table obeys it.
create table mapping.mapping (
    id              bigint      primary key generated always as identity,
    grant_id        bigint      not null,
    target          bigint      not null,
    target_schema   text        not null,
    target_table    text        not null,
    organization    text        not null,
    rule            text        not null,
    made_by         text        not null,
    made_at         timestamptz not null,
    unique (grant_id, target, target_schema, target_table)
);
comment on column mapping.mapping.rule is 'JSON: columns (field to column), key, absent';
create index mapping_organization on mapping.mapping (organization, id);
