create table catalog.entry (
    resource    bigint      not null references catalog.resource (id),
    inside      boolean     not null,
    provider    text        not null,
    stage       text        not null,
    code        text,
    name        text        not null,
    name_text   text        not null,
    version     int         not null,
    summary     text        not null,
    class       text        not null,
    sharing     text,
    method      text,
    format      text,
    cycle       text,
    open        boolean     not null,
    items       jsonb       not null,
    rows        bigint,
    changed_at  timestamptz not null,
    search_text text        not null,
    department  text        not null default '',
    primary key (resource, inside)
);
comment on table catalog.entry is 'what a search looks through: each resource as it is worked on, and as it is published while it is valid';
comment on column catalog.entry.stage is 'of the resource as it is worked on, in both rows';
comment on column catalog.entry.name_text is 'folded as what a search is asked for: NFKC, small letters';
comment on column catalog.entry.department is 'names of the provider, folded; follows them when they change';
comment on column catalog.entry.rows is 'estimate of the source when it was mounted';

-- Two neighbouring characters each: finds 企业 as well as a code, needs no dictionary and no extension.
create function catalog.pairs(folded text) returns text[] language sql immutable strict parallel safe as $$
    select coalesce(array_agg(distinct pair), '{}') from (
        select c || lead(c) over (order by place) as pair
        from unnest(string_to_array(folded, null)) with ordinality as u(c, place)) p
    where pair is not null
$$;

insert into catalog.entry (resource, inside, provider, stage, code, name, name_text, version, summary, class,
    sharing, method, format, cycle, open, items, rows, changed_at, search_text)
select r.id, true, r.provider, r.stage, r.code, r.name, lower(normalize(r.name, NFKC)), r.version,
    r.description ->> 'summary', r.description ->> 'classification', r.description ->> 'sharingKind',
    r.description ->> 'sharingMethodType', r.description ->> 'formatKind', r.description ->> 'updateCycle',
    (r.description ->> 'open')::boolean, jsonb_path_query_array(r.description, '$.items[*].name'),
    (r.mount ->> 'rowEstimate')::bigint, r.changed_at, lower(normalize(r.search_text, NFKC))
from catalog.resource r
union all
select r.id, false, r.provider, r.stage, v.code, v.name, lower(normalize(v.name, NFKC)), v.number,
    d ->> 'summary', d ->> 'classification', d ->> 'sharingKind', d ->> 'sharingMethodType', d ->> 'formatKind',
    d ->> 'updateCycle', v.open, jsonb_path_query_array(d, '$.items[*].name'),
    (v.snapshot #>> '{mount,rowEstimate}')::bigint, v.published_at, lower(normalize(v.search_text, NFKC))
from catalog.resource r
join catalog.version v on v.resource = r.id and v.number = r.published_version
cross join lateral (select v.snapshot -> 'description' as d) s
where r.stage <> 'WITHDRAWN';

create index entry_pairs on catalog.entry using gin (catalog.pairs(search_text || ' ' || department));
create index entry_provider on catalog.entry (provider, resource);

alter table catalog.resource drop column search_text;
alter table catalog.version drop column search_text;
