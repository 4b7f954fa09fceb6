-- When somebody last took a file as the ledger has it: a download in many parts is one entry a quarter of an hour.
create table exchange.taken (
    run             text        not null references exchange.run (id),
    name            text        not null,
    actor_kind      text        not null,
    subject         text        not null,
    at              timestamptz not null,
    primary key (run, name, actor_kind, subject)
);
