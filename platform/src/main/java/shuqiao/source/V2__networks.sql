alter table source.source add as_before boolean not null default false;
update source.source set as_before = true;
comment on column source.source.as_before is 'was registered before there was a policy of networks; its address goes on until the system administrator decides or it changes';
