-- How long what people were told is kept; one row.
create table notice.keeping (
    only_row   boolean primary key default true check (only_row),
    keep_days  int     not null check (keep_days between 30 and 3650)
);
comment on column notice.keeping.keep_days is 'calendar days after a notice was told; what was told is in the ledger for good';
insert into notice.keeping (keep_days) values (365);

create index notice_told on notice.notice (told_at);
create index mail_ended on notice.mail (ended_at) where ended_at is not null;
