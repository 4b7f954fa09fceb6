-- What the provider says of its data: as of which day it is complete.
create table catalog.data_update (
    id              bigint      primary key generated always as identity,
    resource        bigint      not null,
    as_of           date        not null,
    note            text        not null,
    said_by         text        not null,
    said_at         timestamptz not null
);
create index data_update_resource on catalog.data_update (resource, id);
