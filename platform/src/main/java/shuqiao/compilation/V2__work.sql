-- What a platform is at, for the others that look at it; dead when it is not seen any more.
create table compilation.work (
    batch     text        primary key references compilation.batch (id) on delete cascade,
    kind      text        not null check (kind in ('CHECK', 'IMPORT')),
    platform  text        not null,
    percent   int         not null default 0 check (percent between 0 and 100),
    seen      timestamptz not null
);
