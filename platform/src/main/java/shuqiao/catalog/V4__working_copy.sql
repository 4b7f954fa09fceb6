-- What a steward has typed into a draft and not saved: kept through a crash, seen by nobody else, no change yet.
create table catalog.working_copy (
    resource    bigint      not null references catalog.resource (id),
    person      text        not null,
    revision    int         not null,
    description jsonb       not null,
    at          timestamptz not null,
    primary key (resource, person)
);
comment on column catalog.working_copy.revision is 'of the resource it was typed over; older than the present one, it is over';
