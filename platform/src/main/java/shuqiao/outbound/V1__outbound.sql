create table outbound.network (
    id         bigint      generated always as identity primary key,
    holder     text        not null,
    network    text        not null,
    first_port int         not null check (first_port between 1 and 65535),
    last_port  int         not null check (last_port between first_port and 65535),
    note       text        not null,
    added_by   text        not null,
    added_at   timestamptz not null,
    unique (holder, network, first_port, last_port)
);
comment on table outbound.network is 'what may be dialled; what is in no row is refused';
comment on column outbound.network.holder is 'everybody, platform (its mail), or the credit code of the one organization';

create table outbound.begun (
    only_row boolean primary key default true check (only_row)
);
comment on table outbound.begun is 'there is a row once the first start decided what is allowed from the beginning';
