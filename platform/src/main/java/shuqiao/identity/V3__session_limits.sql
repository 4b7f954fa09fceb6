-- How long a session lasts without a request, and how many a person has at most; one row.
create table identity.session_limits (
    only_row     boolean primary key default true check (only_row),
    idle_minutes int     not null check (idle_minutes between 5 and 480),
    most         int     not null check (most between 1 and 20)
);
insert into identity.session_limits (idle_minutes, most) values (30, 3);
