-- How well the valid version is described and kept, 0 to 100, as the room that judges it says.
alter table catalog.entry add column score int check (score between 0 and 100);

-- Which transaction wrote a row last: whoever keeps a copy asks for what his snapshot did not see, and misses nothing.
alter table catalog.entry add column written_in xid8 not null default pg_current_xact_id();
create index entry_written on catalog.entry (written_in);

create table catalog.entry_gone (
    resource   bigint  not null,
    inside     boolean not null,
    written_in xid8    not null,
    primary key (resource, inside)
);
comment on table catalog.entry_gone is 'rows of entry that were deleted, for those who keep a copy of it';
create index entry_gone_written on catalog.entry_gone (written_in);

create function catalog.entry_write() returns trigger language plpgsql as $$
begin
    new.written_in := pg_current_xact_id();
    return new;
end $$;
create trigger entry_write before insert or update on catalog.entry
    for each row execute function catalog.entry_write();

create function catalog.entry_delete() returns trigger language plpgsql as $$
begin
    insert into catalog.entry_gone (resource, inside, written_in)
    values (old.resource, old.inside, pg_current_xact_id())
    on conflict (resource, inside) do update set written_in = excluded.written_in;
    return null;
end $$;
create trigger entry_delete after delete on catalog.entry
    for each row execute function catalog.entry_delete();

-- Facets are counted from columns in memory.
drop index catalog.entry_facets;
