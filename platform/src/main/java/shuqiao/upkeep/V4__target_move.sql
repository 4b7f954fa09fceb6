alter table upkeep.source_move add column is_target boolean not null default false;
comment on column upkeep.source_move.is_target is 'the grant delivers into what moved, not from it';
comment on table upkeep.source_move is 'grants that lived when the address of their source, or of a source that they deliver into, changed';
