-- A call under way is seen each minute, however long it takes; with its process it is seen no more.
alter table kernel.answered add column seen timestamptz;
