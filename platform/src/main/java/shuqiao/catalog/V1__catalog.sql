create table catalog.class_node (
    full_code        text    primary key check (full_code ~ '^[123][0-9A-Za-z]*$' and length(full_code) <= 64),
    parent_full_code text    references catalog.class_node (full_code),
    node_code        text    not null,
    name             text    not null check (name <> ''),
    name_en          text    not null default '',
    depth            int     not null check (depth between 1 and 8),
    national         boolean not null default false,
    check ((depth = 1) = (parent_full_code is null)),
    unique (parent_full_code, name)
);
comment on table catalog.class_node is '类, 项, 目, 细目 of 发改高技〔2017〕1272号; local 项 numbers are 50 and above';

insert into catalog.class_node (full_code, parent_full_code, node_code, name, name_en, depth, national) values
    ('1', null, '1', '基础信息资源', 'Base', 1, true),
    ('2', null, '2', '主题信息资源', 'Themes', 1, true),
    ('3', null, '3', '部门信息资源', 'Departments', 1, true),
    ('101', '1', '01', '国家人口基础信息资源', 'Population', 2, true),
    ('102', '1', '02', '法人单位', 'Legal entities', 2, true),
    ('103', '1', '03', '自然资源和空间地理', 'Natural resources and geography', 2, true),
    ('104', '1', '04', '社会信用', 'Social credit', 2, true),
    ('105', '1', '05', '电子证照', 'Electronic licences', 2, true),
    ('201', '2', '01', '公共服务', 'Public services', 2, true),
    ('202', '2', '02', '健康保障', 'Health', 2, true),
    ('203', '2', '03', '社会保障', 'Social security', 2, true),
    ('204', '2', '04', '食品药品安全', 'Food and drug safety', 2, true),
    ('205', '2', '05', '安全生产', 'Work safety', 2, true),
    ('206', '2', '06', '价格监管', 'Price supervision', 2, true),
    ('207', '2', '07', '能源安全', 'Energy security', 2, true),
    ('208', '2', '08', '信用体系', 'Credit system', 2, true),
    ('209', '2', '09', '城乡建设', 'Urban and rural construction', 2, true),
    ('210', '2', '10', '社区治理', 'Community governance', 2, true),
    ('211', '2', '11', '生态环保', 'Ecology and environment', 2, true),
    ('212', '2', '12', '应急维稳', 'Emergencies', 2, true),
    ('301', '3', '01', '党中央', 'Central Committee of the Party', 2, true),
    ('302', '3', '02', '全国人大常委会', 'Standing Committee of the National People''s Congress', 2, true),
    ('303', '3', '03', '国务院', 'State Council', 2, true),
    ('304', '3', '04', '全国政协', 'National Committee of the CPPCC', 2, true),
    ('305', '3', '05', '最高人民法院', 'Supreme People''s Court', 2, true),
    ('306', '3', '06', '最高人民检察院', 'Supreme People''s Procuratorate', 2, true),
    ('307', '3', '07', '省（自治区、直辖市）及其下各级政务部门', 'Provinces and departments below', 2, true),
    ('308', '3', '08', '计划单列市及其下各级政务部门', 'Cities under separate planning and departments below', 2, true);

create table catalog.resource (
    id                bigint      primary key generated always as identity,
    provider          text        not null,
    name              text        not null check (name <> ''),
    name_key          text        not null check (name_key <> ''),
    code              text        unique,
    version           int         not null check (version >= 1),
    stage             text        not null check (stage in
                      ('DRAFT', 'SUBMITTED', 'DEPARTMENT_APPROVED', 'APPROVED', 'PUBLISHED', 'RETURNED', 'WITHDRAWN')),
    stage_by          text        not null,
    stage_at          timestamptz not null,
    submitted_by      text        not null default '',
    note              text        not null default '',
    description       jsonb       not null,
    search_text       text        not null,
    source            bigint,
    mount             jsonb,
    published_version int,
    created_by        text        not null,
    created_at        timestamptz not null,
    changed_at        timestamptz not null,
    revision          int         not null default 0,
    check ((source is null) = (mount is null))
);
comment on column catalog.resource.name_key is 'the name without differences of full and half width, blanks and case';
comment on column catalog.resource.revision is 'counts every change; who read an older one loses';
create unique index resource_name on catalog.resource (provider, name_key) where stage <> 'WITHDRAWN';
create index resource_provider on catalog.resource (provider, id);
create index resource_stage on catalog.resource (stage, id);
create index resource_source on catalog.resource (source);

create table catalog.version (
    resource     bigint      not null references catalog.resource (id),
    number       int         not null check (number >= 1),
    code         text        not null,
    name         text        not null,
    sharing_kind text        not null,
    open         boolean     not null,
    search_text  text        not null,
    source       bigint      not null,
    snapshot     jsonb       not null,
    published_by text        not null,
    published_at timestamptz not null,
    primary key (resource, number)
);
create index version_source on catalog.version (source);

create function catalog.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'a published version never changes';
end $$;
create trigger version_stays before update or delete on catalog.version
    for each row execute function catalog.refuse_change();
create trigger version_stays_whole before truncate on catalog.version
    for each statement execute function catalog.refuse_change();

create table catalog.code_sequence (
    front text   primary key,
    last  bigint not null check (last >= 1)
);
comment on table catalog.code_sequence is 'the last number given under each 前段码; never goes back';

create table catalog.review (
    id           bigint      primary key generated always as identity,
    resource     bigint      not null references catalog.resource (id),
    version      int         not null,
    step         text        not null,
    stage        text        not null,
    by_subject   text        not null,
    by_name      text        not null,
    organization text,
    opinion      text        not null default '',
    at           timestamptz not null
);
create index review_resource on catalog.review (resource, id);
comment on table catalog.review is 'who did which step of the life of a version, with what opinion';
