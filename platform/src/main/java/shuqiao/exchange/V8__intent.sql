-- What an attempt is about to commit at its target, noted before it does: with the mark of the target's own transaction, so that
-- whoever takes the run up later can ask the target whether it became visible, and write the receipt that is missing.
create table exchange.intent (
    run             text        not null references exchange.run (id),
    attempt         int         not null,
    fate            text        not null default 'OPEN' check (fate in ('OPEN', 'COMMITTED', 'ROLLED_BACK', 'UNKNOWN')),
    started_at      timestamptz not null,
    noted_at        timestamptz not null,
    settled_at      timestamptz,
    server          text        not null,
    server_position text        not null,
    transaction     text        not null,
    writers         text        not null,
    durable         boolean     not null,
    server_lifetime text        not null,
    rows_read       bigint      not null,
    rows_written    bigint      not null,
    bytes           bigint      not null,
    sha256          text        not null,
    content_of      text        not null,
    swap_method     text        not null,
    notes           text[]      not null,
    words           text[]      not null,
    primary key (run, attempt)
);
comment on column exchange.intent.fate is 'OPEN until the receipt is written, or the target has said what became of it';
create index intent_open on exchange.intent (run) where fate = 'OPEN';
