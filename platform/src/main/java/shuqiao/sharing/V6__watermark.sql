-- A term of the grant: files delivered under it say who got them, and when.
alter table sharing."grant" add column watermark boolean not null default false;
