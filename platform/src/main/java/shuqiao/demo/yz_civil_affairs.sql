create table village (
    code          char(12)    primary key,
    name          varchar(80) not null,
    street_code   char(9)     not null,
    province_code char(2)     not null,
    city_code     char(4)     not null,
    area_code     char(6)     not null
);
comment on table village is '村（社区）区划代码';
comment on column village.code is '区划代码';
comment on column village.name is '村（社区）名称';
comment on column village.street_code is '乡镇（街道）代码';
comment on column village.province_code is '省级代码';
comment on column village.city_code is '市级代码';
comment on column village.area_code is '县级代码';

create table low_income (
    id            bigint        primary key,
    id_card       char(18)      not null,
    name          varchar(40)   not null,
    phone         varchar(20),
    village_code  char(12)      not null,
    household     smallint      not null,
    monthly       numeric(10,2) not null,
    since         date          not null
);
comment on table low_income is '最低生活保障对象';
comment on column low_income.id is '序号';
comment on column low_income.id_card is '公民身份号码';
comment on column low_income.name is '姓名';
comment on column low_income.phone is '联系电话';
comment on column low_income.village_code is '居住地区划代码';
comment on column low_income.household is '家庭人口数';
comment on column low_income.monthly is '月保障金额';
comment on column low_income.since is '起始日期';
