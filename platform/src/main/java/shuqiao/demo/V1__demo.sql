-- How far somebody has come on the guided tour of the demo city; no row: at its beginning.
create table demo.tour (
    username      text        primary key,
    stop          int         not null check (stop between 0 and 5),
    changed_at    timestamptz not null
);
comment on column demo.tour.stop is 'the stop that is shown; 0 when the tour is over';
