-- What a notice of holidays moved: the due date before it, and which notice.
alter table sharing.deadline_change add column due_before date;
alter table sharing.deadline_change add column notice text;
comment on column sharing.deadline_change.notice is 'year/version of the notice that moved it';
create index deadline_change_moved on sharing.deadline_change (id) where due_before is not null;
