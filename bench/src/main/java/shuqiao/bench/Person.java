package shuqiao.bench;

import java.util.List;

/**
 * The synthetic table of people: valid shapes, no real person; about 200 bytes a row, Chinese text.
 */
final class Person {

    static final List<String> SIX =
            List.of("id", "name", "gender", "birth_date", "dept_code", "amount");

    /** These as in {@link #TABLE}. */
    static final String SIX_DEFINED =
            """
            id bigint not null, name varchar(40) not null, gender smallint not null,
            birth_date date not null, dept_code varchar(12) not null, amount numeric(14,2) not null
            """;

    static final String TABLE =
            """
            create table person (id bigint not null, id_card char(18) not null, name varchar(40) not null, gender smallint not null,
              birth_date date not null, address varchar(200) not null, phone varchar(20) not null, dept_code varchar(12) not null,
              update_time timestamp(3) not null, amount numeric(14,2) not null)
            """;

    private Person() {}

    static String rows(long from, long to) {
        return """
        insert into person
        select g,
          (330102 + g * 7919 %% 90)::text || to_char(d, 'YYYYMMDD') || lpad((g * 104729 %% 1000)::text, 3, '0') || substr('10X98765432', 1 + (g %% 11)::int, 1),
          substr('赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜', 1 + (g * 31 %% 32)::int, 1)
            || substr('伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文玉建国红志', 1 + (g * 17 %% 30)::int, 1)
            || case when g %% 3 = 0 then '' else substr('伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文玉建国红志', 1 + ((g * 13 + 7) %% 30)::int, 1) end,
          (1 + g %% 2)::smallint, d,
          '江东省云水市' || substr('东西南北中新高海江河', 1 + (g %% 10)::int, 1) || '湖区' || substr('解放人民中山建设和平胜利朝阳长江黄河文化', 1 + (g * 3 %% 10 * 2)::int, 2)
            || '街道' || substr('幸福安康团结友谊光明向阳永安兴隆', 1 + (g * 11 %% 8 * 2)::int, 2) || '社区' || (g %% 2999)::text || '号' || (g %% 31 + 1)::text
            || '幢' || (g %% 6 + 1)::text || '单元' || (101 + g %% 2800)::text || '室',
          '1' || (3 + g %% 6)::text || lpad((g * 7368787 %% 1000000000)::text, 9, '0'),
          '3301' || lpad((g %% 97)::text, 2, '0') || '00' || lpad((g %% 50)::text, 2, '0'),
          timestamp '2024-01-01' + (g %% 63072000) * interval '1 second' + (g %% 1000) * interval '1 millisecond',
          (g * 6364136223 %% 1000000000) / 100.0
        from (select g, date '1940-01-01' + (g * 48271 %% 28000)::int as d from generate_series(%d::bigint, %d::bigint) g) s
        """
                .formatted(from, to);
    }
}
