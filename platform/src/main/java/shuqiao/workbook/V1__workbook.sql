-- Workbooks between their check and their import; each is its uploader's own and lives a day.
create table workbook.upload (
    id           text        primary key,
    purpose      text        not null check (purpose <> ''),
    file_name    text        not null,
    content      bytea       not null,
    uploaded_by  text        not null,
    uploaded_at  timestamptz not null
);
create index upload_owner on workbook.upload (uploaded_by, uploaded_at);
