-- What the data is needed for, by the name of the task (对应事项).
alter table sharing.request add column matter text not null default '';

-- The answer as the provider's people work on it: what was typed, until it is decided.
create table sharing.proposal (
    request       bigint      primary key references sharing.request (id),
    form          json        not null,
    ready         boolean     not null,
    by_name       text        not null,
    at            timestamptz not null
);
comment on column sharing.proposal.ready is 'true: handed to the reviewer; false: a draft of the steward';

-- Files that belong to a request. What was taken away keeps its row and digest, not its content.
create table sharing.attachment (
    id            bigint      generated always as identity primary key,
    request       bigint      not null references sharing.request (id),
    name          text        not null check (name <> ''),
    kind          text        not null check (kind in ('PDF', 'OFD', 'PNG', 'JPEG')),
    size          bigint      not null check (size > 0),
    sha256        text        not null check (sha256 ~ '^[0-9a-f]{64}$'),
    content       bytea,
    added_by      text        not null,
    added_at      timestamptz not null,
    removed_at    timestamptz,
    check ((content is null) = (removed_at is not null))
);
create index attachment_request on sharing.attachment (request, id);

-- Sentences for opinions, to begin with (常用意见).
create table sharing.phrase (
    id            bigint      generated always as identity primary key,
    outcome       text        not null check (outcome in ('GRANT', 'GRANT_IN_PART', 'REFUSE')),
    position      int         not null,
    title         text        not null check (title <> ''),
    words         text        not null check (words <> ''),
    unique (outcome, position)
);

insert into sharing.phrase (outcome, position, title, words)
values ('GRANT', 1, '同意，限于申请的用途', '同意按申请提供。数据仅用于申请所列用途，不得直接或者变形提供给第三方，不得挪作他用。'),
       ('GRANT', 2, '同意，到期停止使用', '同意按申请提供。授权到期或者终止后，应当停止使用并删除所获得的数据。'),
       ('GRANT', 3, '同意，使用中反馈错误', '同意按申请提供。使用中发现数据有疑义或者错误的，请及时反馈本部门校核。'),
       ('GRANT_IN_PART', 1, '同意部分信息项', '同意提供履行职责所必需的信息项，其余信息项不予提供的理由见所列各项。数据仅用于申请所列用途。'),
       ('GRANT_IN_PART', 2, '同意，脱敏后提供', '同意提供，其中涉及个人信息的信息项脱敏后提供。确需原值的，请补充依据后另行申请。'),
       ('GRANT_IN_PART', 3, '同意，缩小行的范围或者期限', '同意提供与履行职责直接有关的行，并按所列期限授权；到期仍需使用的，请在到期前重新申请。'),
       ('REFUSE', 1, '没有法定职责依据', '申请所列依据不足以说明履行职责需要本项数据，不同意提供。请补充依据后重新申请。'),
       ('REFUSE', 2, '法律法规规定不得提供', '依照所列规定，本项数据不得向其他部门提供，不同意提供。'),
       ('REFUSE', 3, '可从其他数据源获得', '所需数据以其他部门为法定数源，本部门不是提供部门，不同意提供。请向数源部门申请。');
