-- What happened, in the transaction in which it happened. The body is the leaf: its bytes are proven.
create table ledger.entry (
    id            bigint      generated always as identity primary key,
    kind          text        not null,
    at            timestamptz not null,
    actor_kind    text        not null,
    actor         text        not null,
    organization  text,
    body          bytea       not null,
    sm3           bytea       not null check (octet_length(sm3) = 32)
);
create index entry_at on ledger.entry (at, id);
create index entry_kind on ledger.entry (kind, id);
create index entry_actor on ledger.entry (actor, id);
comment on column ledger.entry.body is 'RFC 8785 canonical JSON; leaf hash is SHA-256(0x00 || body)';

-- No foreign keys to the entries: checking them would need the very right to lock that is taken away below.
-- Committed entries that have no index yet. The only table of the ledger from which rows are taken.
create table ledger.pending (
    entry         bigint      primary key
);

create table ledger.leaf (
    index         bigint      primary key check (index >= 0),
    entry         bigint      not null unique
);

-- Hashes of complete subtrees (RFC 9162): level 0 are the leaf hashes.
create table ledger.node (
    level         smallint    not null check (level between 0 and 62),
    index         bigint      not null check (index >= 0),
    hash          bytea       not null check (octet_length(hash) = 32),
    primary key (level, index)
);

create table ledger.checkpoint (
    size          bigint      primary key,
    root          bytea       not null check (octet_length(root) = 32),
    note          text        not null,
    at            timestamptz not null
);

create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'the ledger is never changed' using errcode = 'insufficient_privilege';
end $$;

create trigger entry_stays before update or delete or truncate on ledger.entry
    for each statement execute function ledger.refuse_change();
create trigger leaf_stays before update or delete or truncate on ledger.leaf
    for each statement execute function ledger.refuse_change();
create trigger node_stays before update or delete or truncate on ledger.node
    for each statement execute function ledger.refuse_change();
create trigger checkpoint_stays before update or delete or truncate on ledger.checkpoint
    for each statement execute function ledger.refuse_change();

revoke update, delete, truncate on ledger.entry, ledger.leaf, ledger.node, ledger.checkpoint from current_user;
