-- What this says is asked once a page; organizations that were read at the same number are good still.
create sequence organization.edition_number;
create table organization.edition (
    one    boolean primary key default true check (one),
    number bigint  not null
);
comment on table organization.edition is 'one row; its number is another one after each statement that changes organizations, and none comes back, not even one that was rolled back';
insert into organization.edition (number) values (nextval('organization.edition_number'));

create function organization.new_edition() returns trigger language plpgsql as $$
begin
    update organization.edition set number = nextval('organization.edition_number');
    return null;
end $$;
create trigger organization_edition after insert or update or delete or truncate on organization.organization
    for each statement execute function organization.new_edition();
