-- What the valid version of each resource came to. Two points depend on the day: they are told by their dates when they are read.
create table quality.score (
    resource      bigint primary key,
    provider      text   not null,
    code          text   not null,
    name          text   not null,
    version       int    not null,
    kept          int    not null check (kept between 0 and 100),
    lost          jsonb  not null,
    lost_points   text[] not null,
    checked_on    date,
    differs       int    not null default 0,
    updated_until date,
    formula       int    not null
);
comment on column quality.score.kept is 'points without those that depend on the day';
comment on column quality.score.checked_on is 'last day on which the live table was looked at';
comment on column quality.score.differs is 'items that no longer fitted the live table on that day';
comment on column quality.score.updated_until is 'last day on which the data is fresh; null where nothing is promised by a day';
create index score_provider on quality.score (provider, resource);
