create table upkeep.source_move (
    grant_id bigint      not null,
    moved_at timestamptz not null,
    seen_by  text        not null,
    primary key (grant_id, moved_at)
);
comment on table upkeep.source_move is 'grants that lived when the address of their source changed';
comment on column upkeep.source_move.seen_by is 'name of the second person';
