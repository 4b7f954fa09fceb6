-- Numbers of the desk: what became of the requests of the city, and of each side.
create index request_state on sharing.request (state) where profile is not null;
create index request_consumer_state on sharing.request (consumer, state);
create index request_provider_state on sharing.request (provider, state) where profile is not null;

-- Phrases of one department beside those of the city; their order is that of their making.
alter table sharing.phrase add column organization text;
alter table sharing.phrase drop constraint phrase_outcome_position_key;
alter table sharing.phrase drop column position;
comment on column sharing.phrase.organization is 'whose reviewers use and keep it; null: all departments use it, the authority keeps it';
