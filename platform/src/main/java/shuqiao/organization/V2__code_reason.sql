alter table organization.organization
    add column code_reason text not null default '' check (length(code_reason) <= 200);
comment on column organization.organization.code_reason is
    'why a code stands whose check character is wrong, as the administrator said when registering it';
