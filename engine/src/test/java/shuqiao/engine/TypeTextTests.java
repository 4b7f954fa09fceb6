package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shuqiao.engine.embedded.ScratchPostgres;

class TypeTextTests {

    private static final int[] MODIFIERS = {
        -1,
        0,
        1,
        3,
        4,
        5,
        6,
        7,
        24,
        104,
        10_485_764,
        655_366,
        655_364,
        2_621_446,
        327_685,
        656_388,
        65_535,
        0x7FFF_FFFF,
        0x7FFF_0003,
        (1 << 2 | 1 << 1) << 16 | 65_535,
        (1 << 12) << 16 | 3,
        (1 << 3 | 1 << 10 | 1 << 11 | 1 << 12) << 16 | 6,
        (1 << 11 | 1 << 12) << 16 | 65_535
    };

    @Test
    void every_built_in_type_is_written_as_the_server_itself_writes_it() {
        var session = ScratchPostgres.shared().newDatabase();
        var names =
                session.one(
                                """
                                select string_agg(typname, ',') from pg_type
                                where typnamespace = 'pg_catalog'::regnamespace and typtype in ('b', 'r', 'm')
                                """)
                        .split(",");
        var pairs = new ArrayList<String>();
        for (var name : names)
            for (var modifier : MODIFIERS)
                if (TypeText.of(name, modifier).isPresent())
                    pairs.add("('" + name + "', " + modifier + ")");

        var written =
                session.one(
                        """
                        select string_agg(concat_ws('|', t.typname, m, format_type(t.oid, m)), ';')
                        from (values %s) v(name, m) join pg_type t on t.typname = v.name and t.typnamespace = 'pg_catalog'::regnamespace
                        """
                                .formatted(String.join(", ", pairs)));

        var compared = 0;
        for (var line : written.split(";")) {
            var parts = line.split("\\|");
            assertThat(TypeText.of(parts[0], Integer.parseInt(parts[1])))
                    .as(line)
                    .contains(parts[2]);
            assertThat(TypeText.isBuiltIn(parts[2])).as(line).isTrue();
            assertThat(TypeText.isBuiltIn(parts[2] + "[]")).as(line).isTrue();
            compared++;
        }
        assertThat(compared).isGreaterThan(100);
    }

    @Test
    void every_type_that_may_leave_its_database_is_known() {
        var session = ScratchPostgres.shared().newDatabase();

        var names =
                session.one(
                        """
                        select string_agg(typname, ',') from pg_type
                        where typnamespace = 'pg_catalog'::regnamespace and typtype in ('b', 'r', 'm') and typelem = 0
                          and typname !~ '^(reg[a-z]+|aclitem|pg_(?!lsn$|snapshot$).*|gtsvector|refcursor|cid|xid8?|tid)$'
                        """);

        for (var name : names.split(",")) assertThat(TypeText.isKnown(name)).as(name).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text); grant all on all tables in schema public to public; --",
                "text)",
                "text;",
                "text--",
                "text/**/",
                "text\n",
                "text\0",
                " text",
                "TEXT",
                "\"text\"",
                "public.text",
                "text[][]",
                "text[1]",
                "numeric(1)",
                "numeric(10,2); drop table x",
                "numeric(10,2))",
                "character varying(1e3)",
                "character varying(-1)",
                "varchar",
                "interval day to year to second",
                "timestamp(9) without time zone",
                "timestamp(3)",
                "int4",
                "regclass",
                "text collate \"C\"",
                "integer default pg_sleep(9)",
                "integer generated always as (1)",
                "",
                "文本"
            })
    void what_is_no_built_in_type_becomes_no_column(String text) {
        assertThat(TypeText.isBuiltIn(text)).isFalse();
        assertThatThrownBy(() -> new TargetColumn("c", text, true, Optional.empty()))
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        e -> {
                            assertThat(e.reason()).isEqualTo(Reason.TYPE_NOT_CARRIED);
                            assertThat(e.arguments()).containsEntry("field", "c");
                        });
    }

    @Test
    void a_name_that_somebody_gave_must_be_one() {
        for (var name :
                List.of(
                        "public.mood",
                        "public.mood[]",
                        "public.\"Mood; drop\"",
                        "public.\"a\"\"b\"",
                        "public.geometry(Point,4326)",
                        "public.vector(3)",
                        "nvarchar2(20)",
                        "character varying(20)"))
            assertThat(TypeText.made(name)).as(name).contains(name);
        for (var name :
                List.of(
                        "public.mood; drop table x",
                        "public.\"mood\" x",
                        "public.\"mood",
                        "public.mood(1--)",
                        "public.mood(1,(select 1))",
                        "public.mood(')",
                        "a.b.c",
                        "public.\"a\u202Eb\"",
                        "public.\"a\nb\"",
                        "x".repeat(400))) assertThat(TypeText.made(name)).as(name).isEmpty();
    }

    @Test
    void a_modifier_that_the_type_cannot_have_is_not_written() {
        assertThat(TypeText.of("varchar", 4)).isEmpty();
        assertThat(TypeText.of("varchar", Integer.MAX_VALUE)).isEmpty();
        assertThat(TypeText.of("numeric", 3)).isEmpty();
        assertThat(TypeText.of("timestamp", 7)).isEmpty();
        assertThat(TypeText.of("interval", 5)).isEmpty();
        assertThat(TypeText.of("int4", 8)).isEmpty();
        assertThat(TypeText.of("text; drop table x", -1)).isEmpty();
    }
}
