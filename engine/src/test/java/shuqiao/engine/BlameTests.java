package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A refusal names the side that is to blame, and what it is about. */
class BlameTests {

    // whatever a server may say

    /** The classes of PostgreSQL's appendix A, and one of nobody. */
    private static final List<String> CLASSES =
            List.of(
                    "03 08 09 0A 0B 0F 0L 0P 0Z 10 20 21 22 23 24 25 26 27 28 2B 2D 2F 34 38 39 3B 3D 3F 40 42 44 53 54 55 57 58 F0 HV P0 XX ZZ"
                            .split(" "));

    static Stream<String> states() {
        var known =
                Stream.of(
                        "08006", "08P01", "22021", "23502", "23503", "23505", "23514", "25006",
                        "25P03", "25P04", "28000", "28P01", "40001", "40P01", "42501", "53100",
                        "53200", "53300", "53400", "55006", "55P03", "57014", "57P01", "57P03",
                        "57P05", "XX001", "XX002");
        return Stream.concat(
                CLASSES.stream().flatMap(c -> Stream.of(c + "000", c + "P99", c + "999")), known);
    }

    @ParameterizedTest
    @MethodSource("states")
    void whatever_a_server_says_the_refusal_names_the_side_that_spoke(String state) {
        for (var side : Side.values()) {
            var failure = Failures.of(ErrorFields.parse(side, error(state, "ERROR", "", "words")));

            var names = failure.reason().arguments();
            if (names.contains("side"))
                assertThat(failure.arguments()).containsEntry("side", side.key());
            else
                assertThat(failure.reason())
                        .isEqualTo(
                                side == Side.TARGET
                                        ? Reason.TARGET_READ_ONLY
                                        : Reason.SOURCE_WRITES);
            assertThat(names)
                    .containsAll(
                            failure.arguments().keySet().stream()
                                    .filter(n -> !n.equals("sqlstate") && !n.equals("detail"))
                                    .toList());
        }
    }

    @Test
    void a_refusal_takes_names_from_the_fields_not_from_the_words() {
        var row =
                ErrorFields.parse(
                        Side.TARGET,
                        error(
                                "23514",
                                "ERROR",
                                "snamings\0tvillages\0ccode\0ncode_check\0",
                                "关系 \"nobody\" 的新行违反了检查约束 \"no\""));

        assertThat(Failures.of(row).reason()).isEqualTo(Reason.ROW_REFUSED);
        assertThat(Failures.of(row).arguments())
                .containsEntry("table", "namings.villages")
                .containsEntry("constraint", "code_check");
    }

    @Test
    void a_standby_that_may_not_keep_what_is_read_is_told_apart_from_other_conflicts() {
        var standby = error("40001", "ERROR", "RProcessInterrupts\0", "canceling");
        var other = error("40001", "ERROR", "RExecUpdate\0", "could not serialize");

        assertThat(Failures.of(ErrorFields.parse(Side.SOURCE, standby)).reason())
                .isEqualTo(Reason.STANDBY_CONFLICT);
        assertThat(Failures.of(ErrorFields.parse(Side.SOURCE, other)).reason())
                .isEqualTo(Reason.TRY_AGAIN);
    }

    @ParameterizedTest
    @CsvSource({
        "08001,ERROR,FOREIGN_SERVER_AWAY",
        "08006,ERROR,FOREIGN_SERVER_AWAY",
        "HV00N,ERROR,FOREIGN_SERVER_AWAY",
        "08006,FATAL,CONNECTION_CUT",
        "08P01,ERROR,CONNECTION_CUT"
    })
    void a_line_of_the_server_to_another_is_not_ours(String state, String severity, Reason reason) {
        var failure = Failures.of(ErrorFields.parse(Side.SOURCE, error(state, severity, "", "x")));

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.isTransient()).isEqualTo(reason == Reason.CONNECTION_CUT);
    }

    private static byte[] error(String state, String severity, String more, String message) {
        return "S%s\0V%s\0C%s\0M%s\0%s\0"
                .formatted(severity, severity, state, message, more)
                .getBytes(StandardCharsets.UTF_8);
    }

    // logging in

    private static EngineFailure refused(HostileServer.Talk talk) {
        try (var server = new HostileServer(talk)) {
            return refused(new Database(server.endpoint()));
        }
    }

    private static EngineFailure refused(Database database) {
        return refused(database::test);
    }

    private static EngineFailure refused(Runnable work) {
        var failures = new ArrayList<EngineFailure>();
        assertThatThrownBy(work::run).isInstanceOfSatisfying(EngineFailure.class, failures::add);
        return failures.getFirst();
    }

    @ParameterizedTest
    @CsvSource({
        "ClientAuthentication,没有用于主机的记录,LOGIN_NEEDS_TLS",
        "'',no pg_hba.conf entry for host,LOGIN_NEEDS_TLS",
        "InitializeSessionUserId,不允许登录,LOGIN_FORBIDDEN",
        "auth_failed,Ident authentication failed,LOGIN_NOT_BY_PASSWORD",
        "'',not permitted to log in,LOGIN_REFUSED"
    })
    void who_is_not_let_in_is_not_told_of_a_wrong_password(
            String routine, String words, Reason reason) {
        var failure =
                refused(line ->
                        line.say('E', error("28000", "FATAL", "R" + routine + "\0", words)));

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.arguments())
                .containsEntry("side", "source")
                .containsEntry("user", "reader")
                .containsEntry("detail", words);
    }

    @ParameterizedTest
    @CsvSource({"auth_failed,PASSWORD_REFUSED", "InitializeSessionUserId,LOGIN_FORBIDDEN"})
    void once_the_password_was_looked_at_it_is_the_password_unless_the_role_is_barred(
            String routine, Reason reason) {
        var failure =
                refused(line -> {
                    line.ask(10, "SCRAM-SHA-256\0\0");
                    line.hear();
                    var first = line.text();
                    var nonce = first.substring(first.indexOf("r=") + 2).replace("\0", "");
                    line.ask(11, "r=%sx,s=c2l4dGVlbg==,i=4096".formatted(nonce));
                    line.hear();
                    line.say('E', error("28000", "FATAL", "R" + routine + "\0", "no"));
                });

        assertThat(failure.reason()).isEqualTo(reason);
    }

    @Test
    void words_in_the_encoding_of_a_chinese_windows_are_read() {
        var failure =
                refused(line -> line.say('E', said("数据库系统正在启动".getBytes(Charset.forName("GBK")))));

        assertThat(failure.arguments().get("detail")).isEqualTo("数据库系统正在启动");
    }

    @Test
    void of_words_in_no_encoding_the_state_is_told() {
        var failure = refused(line -> line.say('E', said(new byte[] {(byte) 0xff, (byte) 0xff})));

        assertThat(failure.arguments().get("detail")).isEqualTo("57P03");
    }

    private static byte[] said(byte[] words) {
        var start = "SFATAL\0VFATAL\0C57P03\0M".getBytes(StandardCharsets.UTF_8);
        var all = Arrays.copyOf(start, start.length + words.length + 2);
        System.arraycopy(words, 0, all, start.length, words.length);
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 400 Bad Request", "J\0\0\0\n8.0.36"})
    void a_server_of_another_kind_is_named(String greeting) {
        var failure = refused(line -> line.raw(greeting.getBytes(StandardCharsets.ISO_8859_1)));

        assertThat(failure.reason()).isEqualTo(Reason.NOT_POSTGRESQL);
        assertThat(failure.arguments())
                .containsEntry("product", greeting.startsWith("HTTP") ? "HTTP" : "MySQL");
    }

    @Test
    void a_server_that_is_too_old_is_refused_at_every_door_with_one_sentence() {
        try (var server = new HostileServer(line -> line.letIn("11.22"))) {
            var database = new Database(server.endpoint());
            for (var door :
                    List.<Runnable>of(
                            database::test,
                            () -> database.tables("public", "", 10, 0),
                            () -> database.table("public", "t"))) {
                var failure = refused(door);

                assertThat(failure.reason()).isEqualTo(Reason.SERVER_TOO_OLD);
                assertThat(failure.arguments())
                        .containsEntry("version", "11.22")
                        .containsEntry("least", "12");
            }
        }
    }
}
