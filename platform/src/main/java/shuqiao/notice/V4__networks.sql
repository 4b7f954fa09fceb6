alter table notice.mail_server add as_before boolean not null default false;
update notice.mail_server set as_before = true;
comment on column notice.mail_server.as_before is 'was set before there was a policy of networks, and goes on until the system administrator decides';
