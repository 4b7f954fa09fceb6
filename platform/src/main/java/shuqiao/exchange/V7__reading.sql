-- By how many sessions a run reads its source, and why; two count twice where connections are counted.
alter table exchange.run add column reading text;
