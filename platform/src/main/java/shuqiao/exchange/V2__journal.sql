-- What a run page draws: how far each attempt was, and when it took which step.
create table exchange.sample (
    run             text        not null references exchange.run (id),
    attempt         int         not null,
    at              timestamptz not null,
    rows            bigint      not null,
    bytes           bigint      not null,
    primary key (run, attempt, at)
);
create table exchange.step (
    run             text        not null references exchange.run (id),
    attempt         int         not null,
    phase           text        not null,
    at              timestamptz not null,
    primary key (run, attempt, phase)
);
create index run_target on exchange.run (target_key, sequence);
