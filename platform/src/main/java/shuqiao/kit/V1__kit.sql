-- What a person typed into a form and has not sent: one per person, form and thing that it is about. Kept for 30 days.
create table kit.draft (
    person   text        not null,
    form     text        not null,
    about    text        not null,
    typed    text        not null check (length(typed) <= 20000),
    saved_at timestamptz not null,
    primary key (person, form, about)
);
create index draft_age on kit.draft (saved_at);
