create table insured (
    id_card       char(18)      not null,
    kind          varchar(20)   not null,
    name          varchar(40)   not null,
    employer_code char(18),
    base          numeric(10,2) not null,
    paid_until    date          not null,
    primary key (id_card, kind)
);
comment on table insured is '社会保险参保信息';
comment on column insured.id_card is '公民身份号码';
comment on column insured.kind is '险种';
comment on column insured.name is '姓名';
comment on column insured.employer_code is '参保单位代码';
comment on column insured.base is '缴费基数';
comment on column insured.paid_until is '缴费截止日期';
