package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import shuqiao.engine.embedded.ScratchPostgres;

/**
 * What the database makes of a value is what an independent reading of the contract makes of it.
 */
class MaskTests {

    private final Fixture fixture = new Fixture();

    @ParameterizedTest
    @ValueSource(strings = {"text", "varchar(60)", "char(60)", "char(24)", "padded", "citext"})
    void every_text_rule_agrees_with_java_on_random_unicode(String type) throws Exception {
        if (type.equals("padded")) fixture.source.run("create domain padded as char(60)");
        if (type.equals("citext"))
            ScratchPostgres.shared().asSuperuser(fixture.source.name(), "create extension citext");
        fixture.source.run(
                "create table t (id int primary key, a %1$s, b %1$s, c %1$s, d text)"
                        .formatted(type));
        var random = new Random(20261122);
        var texts = new ArrayList<String>();
        try (var connection = fixture.source.connect();
                var insert =
                        connection.prepareStatement(
                                "insert into t values (?, ?::%1$s, ?::%1$s, ?::%1$s, ?)"
                                        .formatted(type))) {
            for (var id = 0; id < 600; id++) {
                var text = text(random, id % 25);
                texts.add(text);
                insert.setInt(1, id);
                for (var i = 2; i <= 5; i++) insert.setString(i, text);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        var masks = Map.of("a", Mask.ID_CARD, "b", Mask.PHONE, "c", Mask.NAME, "d", Mask.HASH);

        fixture.copy(fixture.scope("t", List.of(), "[]", masks), "t");

        var rows = rows("select id, rtrim(a::text), rtrim(b::text), rtrim(c::text), d from t");
        for (var id = 0; id < texts.size(); id++) {
            var text = texts.get(id);
            assertThat(rows.get(id))
                    .as("masks of '%s'", text)
                    .containsExactly(idCard(text), phone(text), name(text), hmac(text));
        }
    }

    /** A padded text that is full takes a way of its own; so it must not for one that is not. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "110101199003074258",
                "11010119900307425",
                "110101中99003074258",
                "1101011990030742李",
                "王",
                "12345678901",
                ""
            })
    void a_text_that_fills_its_column_or_not_is_masked_alike(String text) {
        fixture.source.run(
                "create table t (id int primary key, a char(18), b char(18), c char(11))",
                "insert into t values (1, '%1$s', '%1$s', left('%1$s', 11))".formatted(text));
        var masks = Map.of("a", Mask.ID_CARD, "b", Mask.PHONE, "c", Mask.PHONE);

        fixture.copy(fixture.scope("t", List.of(), "[]", masks), "t");

        assertThat(fixture.target.one("select concat_ws('|', a::text, b::text, c::text) from t"))
                .isEqualTo(
                        String.join(
                                "|",
                                idCard(text),
                                phone(text),
                                phone(text.substring(0, Math.min(11, text.length())))));
    }

    @Test
    void null_stays_null_under_every_rule() {
        fixture.source.run(
                "create table t (id int, a text, b text, c text, d text, e date, f int)",
                "insert into t (id) values (1)");
        var masks = new HashMap<String, Mask>();
        masks.put("a", Mask.ID_CARD);
        masks.put("b", Mask.PHONE);
        masks.put("c", Mask.NAME);
        masks.put("d", Mask.HASH);
        masks.put("e", Mask.YEAR_ONLY);
        masks.put("f", Mask.REDACT);

        fixture.copy(fixture.scope("t", List.of(), "[]", masks), "t");

        assertThat(fixture.target.one("select num_nulls(a, b, c, d, e, f) from t")).isEqualTo("6");
    }

    @ParameterizedTest
    @CsvSource({
        "ID_CARD, 1234567890, **********",
        "PHONE, 1234567, *******",
        "NAME, 王, *",
        "NAME, 王芳, 王*",
        "PHONE, 12345678, 123****5678"
    })
    void a_text_of_which_nothing_would_be_hidden_becomes_all_stars(
            Mask mask, String text, String expected) {
        fixture.source.run("create table t (a text)", "insert into t values ('" + text + "')");

        fixture.copy(fixture.scope("t", List.of(), "[]", Map.of("a", mask)), "t");

        assertThat(fixture.target.one("select a from t")).isEqualTo(expected);
    }

    @Test
    void types_in_the_target_follow_the_rule() {
        fixture.source.run(
                """
                create table t (id int primary key, a varchar(18) not null, d date not null, ts timestamp not null, n int not null, h uuid not null)
                """,
                "insert into t values (1, '110101199003074258', '1990-03-07', '2024-12-31 23:59:59', 5, gen_random_uuid())");
        var masks =
                Map.of(
                        "a",
                        Mask.ID_CARD,
                        "d",
                        Mask.YEAR_ONLY,
                        "ts",
                        Mask.YEAR_ONLY,
                        "n",
                        Mask.REDACT,
                        "h",
                        Mask.HASH);

        fixture.copy(fixture.scope("t", List.of(), "[]", masks), "t");

        var table = new Database(fixture.to()).table("public", "t");
        assertThat(table.columns())
                .extracting(Column::type)
                .containsExactly(
                        "integer",
                        "character varying(18)",
                        "smallint",
                        "smallint",
                        "integer",
                        "text");
        assertThat(table.columns())
                .extracting(Column::nullable)
                .containsExactly(false, false, false, false, true, false);
        assertThat(fixture.target.one("select concat_ws(' ', a, d, ts, n) from t"))
                .isEqualTo("110101********4258 1990 2024");
    }

    @Test
    void a_hashed_key_is_still_a_key_and_a_masked_one_is_none() {
        fixture.source.run(
                "create table t (code text primary key)",
                "insert into t values ('110101199003074258')");

        fixture.copy(fixture.scope("t", List.of(), "[]", Map.of("code", Mask.HASH)), "hashed");
        fixture.copy(fixture.scope("t", List.of(), "[]", Map.of("code", Mask.ID_CARD)), "masked");

        assertThat(new Database(fixture.to()).table("public", "hashed").key())
                .containsExactly("code");
        assertThat(new Database(fixture.to()).table("public", "masked").key()).isEmpty();
    }

    @Test
    void a_rule_on_another_type_is_refused_naming_the_field() {
        fixture.source.run("create table t (age int, born date, word text, short varchar(9))");

        for (var wrong :
                List.of(
                        Map.of("age", Mask.PHONE),
                        Map.of("born", Mask.NAME),
                        Map.of("word", Mask.YEAR_ONLY),
                        Map.of("short", Mask.PHONE)))
            assertThatThrownBy(() -> fixture.scope("t", List.of(), "[]", wrong))
                    .isInstanceOfSatisfying(
                            InvalidMask.class,
                            e -> assertThat(e.field()).isEqualTo(wrong.keySet().iterator().next()));
    }

    private Map<Integer, List<String>> rows(String query) throws SQLException {
        var found = new HashMap<Integer, List<String>>();
        try (var connection = fixture.target.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next())
                found.put(
                        rows.getInt(1),
                        List.of(
                                rows.getString(2),
                                rows.getString(3),
                                rows.getString(4),
                                rows.getString(5)));
        }
        return found;
    }

    /** Letters of one to four bytes, without trailing blanks, which char(n) does not keep. */
    private static String text(Random random, int length) {
        var alphabet =
                new int[] {
                    'a', '0', '*', '%', '\'', '\\', 'é', '王', '㐀', 0x20000, 0x1F600, '\u0301'
                };
        var text = new StringBuilder();
        for (var i = 0; i < length; i++)
            text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
        return text.toString();
    }

    private static String idCard(String text) {
        var points = text.codePoints().toArray();
        if (points.length <= 10) return "*".repeat(points.length);
        return new String(points, 0, 6)
                + "*".repeat(points.length - 10)
                + new String(points, points.length - 4, 4);
    }

    private static String phone(String text) {
        var points = text.codePoints().toArray();
        if (points.length <= 7) return "*".repeat(points.length);
        return new String(points, 0, 3) + "****" + new String(points, points.length - 4, 4);
    }

    private static String name(String text) {
        var points = text.codePoints().toArray();
        if (points.length <= 1) return "*".repeat(points.length);
        return new String(points, 0, 1) + "*".repeat(points.length - 1);
    }

    private static String hmac(String text) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Fixture.KEY_BYTES, "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}
