-- A schedule delivers into a table or into files.
alter table schedule.schedule
    add column rail     text    not null default 'EXCHANGE' check (rail in ('EXCHANGE', 'FILE')),
    add column format   text    check (format in ('CSV', 'XLSX', 'PARQUET')),
    add column guarded  boolean not null default false,
    alter column target drop not null,
    alter column target_schema drop not null,
    alter column target_table drop not null,
    add check (num_nulls(target, target_schema, target_table) = case rail when 'FILE' then 3 else 0 end),
    add check ((rail = 'FILE') = (format is not null));
create unique index schedule_one_file on schedule.schedule (grant_id, format) where rail = 'FILE' and state <> 'ENDED';
