-- By when departments are to answer, as the authority said; null for no day.
alter table onesource.decision add column answer_by date;

-- When hashes of a resource are made next by the platform itself.
create table onesource.turn (
    resource bigint      primary key,
    next_at  timestamptz not null,
    refused  boolean     not null default false
);
comment on column onesource.turn.refused is 'its department threw the hashes away: made by hand only, from then on';
create index turn_next on onesource.turn (next_at) where not refused;
