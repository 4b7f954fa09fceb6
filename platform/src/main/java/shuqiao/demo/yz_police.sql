create table resident (
    id_card       char(18)    primary key,
    name          varchar(40) not null,
    gender        smallint    not null,
    birth_date    date        not null,
    address       varchar(200) not null,
    phone         varchar(20),
    moved_in      date
);
comment on table resident is '户籍人口基本信息';
comment on column resident.id_card is '公民身份号码';
comment on column resident.name is '姓名';
comment on column resident.gender is '性别';
comment on column resident.birth_date is '出生日期';
comment on column resident.address is '户籍地址';
comment on column resident.phone is '联系电话';
comment on column resident.moved_in is '迁入日期';
