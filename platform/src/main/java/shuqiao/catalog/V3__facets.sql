-- What facets count by, beside the key of the row: match-all counts are read from here alone.
create index entry_facets on catalog.entry
    (provider, stage, inside) include (class, sharing, method, format, cycle, resource);
-- The pages of a list without words, in its two orders.
create index entry_newest on catalog.entry (changed_at desc, resource desc);
create index entry_name on catalog.entry (name, resource desc);
