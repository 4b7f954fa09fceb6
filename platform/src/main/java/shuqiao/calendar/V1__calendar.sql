-- Notices imported by the administrator. A correction is a new version; none is ever changed.
create table calendar.notice (
    id            bigint      generated always as identity primary key,
    year          int         not null check (year between 1949 and 2199),
    version       int         not null check (version > 0),
    source        text        not null check (source <> ''),
    days          text        not null,
    imported_by   text        not null,
    imported_at   timestamptz not null,
    unique (year, version)
);
comment on column calendar.notice.days is 'lines date,off|work,name as YearNotice reads them';
comment on column calendar.notice.source is 'document number or address of the notice';
