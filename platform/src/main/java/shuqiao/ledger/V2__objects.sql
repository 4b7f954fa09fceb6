-- What an entry is about, read out of its body: "name=value" and the bare value of each short fact.
-- An index of a function, so that no entry is touched and an old one is found as well as a new one.
create function ledger.objects(body bytea) returns text[] language plpgsql immutable as $$
declare
    content jsonb;
begin
    content := convert_from(body, 'UTF8')::jsonb;
    if jsonb_typeof(content) <> 'object' then return '{}'; end if;
    if jsonb_typeof(content -> 'facts') = 'object' then content := content -> 'facts'; end if;
    return coalesce((
        select array_agg(form)
        from jsonb_each(content) as fact (name, value),
             lateral (select value #>> '{}') as said (text),
             lateral (values (name || '=' || text), (text)) as both_forms (form)
        where jsonb_typeof(value) in ('string', 'number') and length(text) <= 200), '{}');
exception when others then
    return '{}'; -- bytes of a room's own that are no JSON
end $$;
create index entry_objects on ledger.entry using gin (ledger.objects(body));
