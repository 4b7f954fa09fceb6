-- A run under way whose connections are counted: it has been let in to its databases.
alter table exchange.run add column admitted boolean not null default false;
