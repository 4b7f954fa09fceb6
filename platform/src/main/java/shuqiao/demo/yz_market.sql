create table enterprise (
    credit_code   char(18)      primary key,
    name          varchar(120)  not null,
    legal_person  varchar(40)   not null,
    capital       numeric(16,2) not null,
    industry      varchar(60)   not null,
    registered    date          not null,
    state         varchar(20)   not null
);
comment on table enterprise is '企业登记基本信息';
comment on column enterprise.credit_code is '统一社会信用代码';
comment on column enterprise.name is '企业名称';
comment on column enterprise.legal_person is '法定代表人';
comment on column enterprise.capital is '注册资本';
comment on column enterprise.industry is '行业门类';
comment on column enterprise.registered is '成立日期';
comment on column enterprise.state is '登记状态';
