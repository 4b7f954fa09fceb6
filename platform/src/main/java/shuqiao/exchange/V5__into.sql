-- How the rows of a run enter a table that stays, as it was said when the run was asked for.
alter table exchange.run add column into_rule text;
