package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import shuqiao.engine.HostileServer.Line;
import shuqiao.engine.HostileServer.Talk;

/** A server that lies, before and after it lets us in: each lie ends in a refusal, soon. */
@Timeout(20)
class HostileServerTests {

    private static final byte[] SALT = "sixteen bytes ok".getBytes(StandardCharsets.US_ASCII);

    private static EngineFailure refused(Talk talk) {
        try (var server = new HostileServer(talk)) {
            return refused(server);
        }
    }

    private static EngineFailure refused(HostileServer server) {
        var failures = new ArrayList<EngineFailure>();
        assertThatThrownBy(() -> new Database(server.endpoint()).test())
                .isInstanceOfSatisfying(EngineFailure.class, failures::add);
        var failure = failures.getFirst();
        assertShown(failure.getMessage());
        failure.arguments().values().forEach(HostileServerTests::assertShown);
        return failure;
    }

    static void assertShown(String text) {
        assertThat(text).hasSizeLessThan(2_000).isEqualTo(Shown.line(text, 2_000));
    }

    private static void refusedFor(Reason reason, Talk talk) {
        assertThat(refused(talk).reason()).isEqualTo(reason);
    }

    // before the login

    @Test
    void a_huge_message_before_the_login_is_not_awaited() {
        var failure =
                refused(line -> {
                    line.claim('R', 1 << 29);
                    line.listen();
                });

        assertThat(failure.reason()).isEqualTo(Reason.STRANGE_ANSWER);
        assertThat(failure.arguments()).containsEntry("detail", "a message of 536870912 bytes");
    }

    @Test
    void a_huge_error_before_the_login_is_not_awaited() {
        refusedFor(
                Reason.STRANGE_ANSWER,
                line -> {
                    line.claim('E', WireInput.BEFORE_LOGIN_MAX + 1);
                    line.listen();
                });
    }

    @Test
    void one_byte_now_and_then_does_not_hold_us() {
        var began = System.nanoTime();

        var failure =
                refused(line -> {
                    var question =
                            new Packet()
                                    .message('R')
                                    .number(10)
                                    .data(new byte[200])
                                    .end()
                                    .toBytes();
                    for (var one : question) {
                        line.raw(new byte[] {one});
                        pause(200);
                    }
                });

        assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(failure.arguments()).containsEntry("detail", "no login within 1 s");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void settings_without_end_are_not_heard_to_the_end() {
        refusedFor(
                Reason.STRANGE_ANSWER,
                line -> {
                    line.ask(0, "");
                    while (true) line.say('S', "a\0b\0");
                });
    }

    @Test
    void notices_without_end_are_not_heard_to_the_end() {
        refusedFor(
                Reason.STRANGE_ANSWER,
                line -> {
                    line.ask(0, "");
                    while (true) line.say('N', "SWARNING\0MPssst\0\0");
                });
    }

    @Test
    void rows_before_we_asked_are_not_taken() {
        refusedFor(
                Reason.STRANGE_ANSWER,
                line -> {
                    line.ask(0, "");
                    while (true) line.row(List.of("a"));
                });
    }

    static Stream<String> nonsense() {
        return Stream.of(
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "J\0\0\0\n8.0.36\0",
                "R\0\0\0\4",
                "R\0\0\0\6\0\0",
                "R\0\0\0\0",
                "R\u00ff\u00ff\u00ff\u00ff",
                "E\0\0\0\4",
                "E\0\0\0\bMabc",
                "\0\0\0\0\0\0\0\0\0",
                "Z\0\0\0\5I");
    }

    @ParameterizedTest
    @MethodSource
    void nonsense(String bytes) {
        refused(line -> {
            line.raw(bytes.getBytes(StandardCharsets.ISO_8859_1));
            line.raw(new byte[16]);
        });
    }

    // the login

    @ParameterizedTest
    @ValueSource(strings = {"1", "4095", "600001", "1000000", "999999999"})
    void rounds_beyond_the_bounds_are_not_done(String rounds) {
        var failure =
                refused(line -> {
                    askForScram(line);
                    line.ask(11, first(line, SALT, rounds));
                    line.listen();
                });

        assertThat(failure.reason()).isEqualTo(Reason.LOGIN_ROUNDS);
        assertThat(failure.arguments())
                .containsEntry("rounds", rounds)
                .containsEntry("min", "4096")
                .containsEntry("max", "600000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "r=%s,s=c2l4dGVlbg==,i=0",
                "r=%s,s=c2l4dGVlbg==,i=-1",
                "r=%s,s=c2l4dGVlbg==,i=9999999999999999999",
                "r=%s,s=c2l4dGVlbg==,i=x",
                "r=%s,s=c2l4dGVlbg==,i=",
                "r=%s,s=c2l4dGVlbg==",
                "r=%s,s=***,i=4096",
                "r=%s,s=abcde=,i=4096",
                "r=%s,s=,i=4096",
                "s=c2l4dGVlbg==,r=%s,i=4096",
                "m=ext,r=%s,s=c2l4dGVlbg==,i=4096",
                "r=%s,s=c2l4dGVlbg==,i=4096,x=1",
                "r=other,s=c2l4dGVlbg==,i=4096",
                "r=,s=c2l4dGVlbg==,i=4096",
                ""
            })
    void a_scram_message_of_another_form_is_refused(String message) {
        refusedFor(
                Reason.STRANGE_ANSWER,
                line -> {
                    askForScram(line);
                    line.ask(11, message.formatted(nonce(line) + "theirs"));
                    line.listen();
                });
    }

    @Test
    void nonce_and_salt_are_bounded() {
        for (var part :
                List.of("r=%s" + "n".repeat(300) + ",s=c2l4", "r=%sn,s=" + "c2l4".repeat(99)))
            refusedFor(
                    Reason.STRANGE_ANSWER,
                    line -> {
                        askForScram(line);
                        line.ask(11, part.formatted(nonce(line)) + ",i=4096");
                        line.listen();
                    });
    }

    @Test
    void a_server_that_knows_the_password_is_let_in() {
        try (var server =
                new HostileServer(line -> {
                    var signature = scram(line);
                    line.ask(12, "v=" + signature);
                    line.letIn("18.6");
                    line.settle();
                    line.answer(_ -> List.of());
                })) {
            assertThat(refused(server).arguments())
                    .containsEntry("detail", "0 rows instead of one");
        }
    }

    @Test
    void a_server_that_does_not_prove_itself_is_not_believed() {
        refusedFor(
                Reason.SERVER_NOT_PROVEN,
                line -> {
                    scram(line);
                    line.letIn("18.6");
                    line.listen();
                });
        refusedFor(
                Reason.SERVER_NOT_PROVEN,
                line -> {
                    askForScram(line);
                    line.letIn("18.6");
                    line.listen();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"v=", "v=AAAA", "e=invalid-proof", "", "v=%s ", "v=AAAA,v=%s"})
    void a_wrong_proof_is_not_believed(String proof) {
        refusedFor(
                Reason.SERVER_NOT_PROVEN,
                line -> {
                    var signature = scram(line);
                    line.ask(12, proof.formatted(signature));
                    line.letIn("18.6");
                    line.listen();
                });
    }

    static Stream<Talk> out_of_turn() {
        return Stream.of(
                line -> line.ask(12, "v=AAAA"),
                line -> line.ask(11, "r=a,s=b,i=4096"),
                line -> {
                    askForScram(line);
                    askForScram(line);
                },
                line -> {
                    askForScram(line);
                    line.ask(12, "v=AAAA");
                },
                line -> {
                    scram(line);
                    line.ask(11, "r=a,s=b,i=4096");
                },
                line -> {
                    line.ask(12, "v=" + scram(line));
                    line.ask(10, "SCRAM-SHA-256\0\0");
                });
    }

    @ParameterizedTest
    @MethodSource
    void out_of_turn(Talk talk) {
        refusedFor(
                Reason.STRANGE_ANSWER,
                line -> {
                    talk.with(line);
                    line.listen();
                });
    }

    @ParameterizedTest
    @CsvSource({"3,password", "5,MD5"})
    void no_password_goes_over_a_line_in_the_clear_nor_what_it_could_be_guessed_from(
            int kind, String method) {
        try (var server =
                new HostileServer(line -> {
                    line.ask(kind, kind == 5 ? "salt" : "");
                    line.listen();
                })) {
            var failure = refused(server);

            assertThat(failure.reason()).isEqualTo(Reason.LOGIN_UNPROTECTED);
            assertThat(failure.arguments()).containsEntry("method", method);
            assertThat(server.heard).doesNotContain('p');
        }
    }

    @Test
    void the_login_of_opengauss_is_told_by_name_and_without_its_bytes() {
        var gauss10 =
                new Packet().number(2).data("ab".repeat(32).getBytes(StandardCharsets.US_ASCII));
        gauss10.data("0123abcd".getBytes(StandardCharsets.US_ASCII)).number(10_000);
        var gauss11 =
                new Packet().data("ab".repeat(32).getBytes(StandardCharsets.US_ASCII)).number(1);

        for (var kind : List.of(10, 11)) {
            var failure =
                    refused(line -> {
                        line.ask(kind, kind == 10 ? gauss10.toBytes() : gauss11.toBytes());
                        line.listen();
                    });
            assertThat(failure.reason()).isEqualTo(Reason.LOGIN_OF_OPENGAUSS);
            assertThat(failure.arguments()).containsOnlyKeys("side");
        }
    }

    @Test
    void other_logins_are_named_where_they_have_a_name() {
        assertThat(refused(line -> line.ask(10, "SCRAM-SHA-512\0OAUTHBEARER\0\0")).arguments())
                .containsEntry("method", "SCRAM-SHA-512, OAUTHBEARER");
        assertThat(refused(line -> line.ask(10, "\u0002\u202E<b>\0\0")).arguments())
                .containsEntry("method", "SASL");
        assertThat(refused(line -> line.ask(7, "")).arguments()).containsEntry("method", "kind 7");
    }

    @Test
    void words_of_an_error_are_shown_not_obeyed() {
        var failure =
                refused(line ->
                        line.error("XX0';", "no\r\n\u001B[31mred\u202E " + "x".repeat(2_000)));

        assertThat(failure.reason()).isEqualTo(Reason.DATABASE_ERROR);
        assertThat(failure.arguments()).containsEntry("sqlstate", "XX000");
        assertThat(failure.arguments().get("detail"))
                .startsWith("no\\u000D\\u000A\\u001B[31mred\\u202E x")
                .hasSizeLessThan(Shown.LINE_MAX + 10);
    }

    // after the login

    private static Talk says(Consumer<Line> rows) {
        return line -> {
            line.letIn("18.6");
            line.settle();
            while (true) {
                var type = line.hear();
                if (type == 'Q') {
                    line.say('C', "SET\0");
                    line.ready();
                }
                if (type == 'S') rows.accept(line);
            }
        };
    }

    private interface Saying {
        void say() throws IOException;
    }

    private static void saying(Saying words) {
        try {
            words.say();
        } catch (IOException over) {
            throw new java.io.UncheckedIOException(over);
        }
    }

    @Test
    void rows_without_end_are_not_gathered() {
        for (var value : List.of("", "x".repeat(1 << 20)))
            refusedFor(
                    Reason.ANSWER_TOO_LARGE,
                    says(line ->
                            saying(() -> {
                                while (true) line.row(List.of(value));
                            })));
    }

    @Test
    void a_row_of_a_gigabyte_is_not_awaited() {
        refusedFor(
                Reason.ANSWER_TOO_LARGE,
                says(line -> saying(() -> line.claim('D', (1 << 30) - 8))));
    }

    @Test
    void a_message_of_a_gigabyte_that_is_no_row_is_not_awaited() {
        for (var type : "CSNETZ".toCharArray())
            refusedFor(
                    Reason.STRANGE_ANSWER,
                    says(line -> saying(() -> line.claim(type, WireInput.CONTROL_MAX + 1))));
    }

    static Stream<byte[]> crooked_rows() {
        return Stream.of(
                new Packet().toBytes(),
                new Packet().small(1).toBytes(),
                new Packet().small(-1).toBytes(),
                new Packet().small(0x7FFF).toBytes(),
                new Packet().small(3).number(5).data(new byte[] {'a'}).toBytes(),
                new Packet().small(3).number(Integer.MAX_VALUE).toBytes(),
                new Packet().small(1).number(1).data(new byte[] {'a'}).toBytes(),
                new Packet()
                        .small(3)
                        .number(1)
                        .raw(0)
                        .number(1)
                        .raw('t')
                        .number(1)
                        .raw('t')
                        .toBytes());
    }

    @ParameterizedTest
    @MethodSource
    void crooked_rows(byte[] row) {
        refusedFor(
                Reason.STRANGE_ANSWER,
                says(line ->
                        saying(() -> {
                            line.say('D', row);
                            line.say('C', "SELECT 1\0");
                            line.ready();
                        })));
    }

    @Test
    void an_answer_of_another_number_of_rows_is_not_taken_for_one() {
        for (var count : List.of(0, 2))
            refusedFor(
                    Reason.STRANGE_ANSWER,
                    HostileServer.answering(
                            _ -> java.util.Collections.nCopies(count, List.of("a", "t", "t"))));
    }

    @Test
    void a_count_beyond_all_numbers_is_no_number() {
        refusedFor(
                Reason.STRANGE_ANSWER,
                says(line ->
                        saying(() -> {
                            line.say('C', "SELECT 99999999999999999999\0");
                            line.ready();
                        })));
    }

    @Test
    void a_short_key_of_the_session_is_refused() {
        refusedFor(
                Reason.STRANGE_ANSWER,
                line -> {
                    line.ask(0, "");
                    line.say('K', "abc");
                });
    }

    @Test
    void a_question_ends_however_slowly_it_is_answered() {
        try (var server =
                new HostileServer(line -> {
                    line.letIn("18.6");
                    line.settle();
                    while (true) {
                        line.say('N', "MI am on it\0\0");
                        pause(50);
                    }
                })) {
            try (var session = WireConnection.open(Side.SOURCE, server.endpoint())) {
                var began = System.nanoTime();

                assertThatThrownBy(() ->
                                session.within(
                                        Duration.ofMillis(500), () -> session.query("select 1")))
                        .isInstanceOfSatisfying(
                                WireFailure.class,
                                e ->
                                        assertThat(Failures.of(e).reason())
                                                .isEqualTo(Reason.ANSWER_TOO_SLOW));
                assertThat(Duration.ofNanos(System.nanoTime() - began))
                        .isLessThan(Duration.ofSeconds(5));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"18.6,18", "12.22,12", "99999999999999,9999", "'',0", "devel,0", "١٨,0", "-1,0"})
    void a_version_is_read_as_far_as_it_is_one(String version, int major) {
        try (var server =
                        new HostileServer(line -> {
                            line.letIn(version);
                            line.settle();
                            line.answer(_ -> List.of());
                        });
                var session = WireConnection.open(Side.SOURCE, server.endpoint())) {
            assertThat(session.serverMajor()).isEqualTo(major);
        }
    }

    @Test
    void a_version_is_shown_cut_and_without_marks() {
        try (var server =
                new HostileServer(line -> {
                    line.letIn("18\u202E\n<script>" + "x".repeat(4_000));
                    line.settle();
                    line.answer(sql ->
                            sql.contains("pg_postmaster_start_time")
                                    ? List.of(List.of("1", "2", "x", "f"))
                                    : sql.contains("current_user")
                                            ? List.of(
                                                    sql.contains("rolconnlimit")
                                                            ? List.of(
                                                                    "lock\u202E_timeout", "1", "ms")
                                                            : List.of(
                                                                    "rea\u202Eder\u0007",
                                                                    "f",
                                                                    "f",
                                                                    "GB\u202E" + "x".repeat(99)))
                                            : List.of(List.of("1", "2", "x")));
                })) {
            var report = new Database(server.endpoint()).test();

            assertThat(report.serverVersion())
                    .startsWith("18\\u202E\\u000A<script>x")
                    .hasSizeLessThan(90);
            assertThat(report.user()).isEqualTo("rea\\u202Eder\\u0007");
            assertThat(report.encoding()).startsWith("GB\\u202Ex").hasSizeLessThan(45);
            assertThat(report.limits())
                    .containsExactly(new Database.Limit("lock\\u202E_timeout", "1ms"));
        }
    }

    @Test
    void notices_without_end_between_rows_end_a_copy() {
        try (var server =
                new HostileServer(line -> {
                    line.letIn("18.6");
                    line.settle();
                    line.hear();
                    line.say('H', new byte[] {1, 0, 0});
                    var notices = new byte[5 * 20_000];
                    for (var at = 0; at < notices.length; at += 5) {
                        notices[at] = 'N';
                        notices[at + 4] = 4;
                    }
                    while (true) line.raw(notices);
                })) {
            try (var session = WireConnection.open(Side.SOURCE, server.endpoint())) {
                assertThatThrownBy(() -> Splice.hashOf(session, "copy x to stdout"))
                        .isInstanceOfSatisfying(
                                WireFailure.class,
                                e ->
                                        assertThat(Failures.of(e).reason())
                                                .isEqualTo(Reason.STRANGE_ANSWER));
            }
        }
    }

    // the server's half of SCRAM

    private static void askForScram(Line line) throws IOException {
        line.ask(10, "SCRAM-SHA-256\0\0");
        line.hear();
    }

    private static String nonce(Line line) {
        var first = line.text();
        return first.substring(first.indexOf(",r=") + 3);
    }

    private static String first(Line line, byte[] salt, String rounds) {
        return "r=%stheirs,s=%s,i=%s"
                .formatted(nonce(line), Base64.getEncoder().encodeToString(salt), rounds);
    }

    /** Goes through SCRAM up to the proof, which is returned. */
    private static String scram(Line line) throws IOException {
        askForScram(line);
        var bare = "n=,r=" + nonce(line);
        var first = first(line, SALT, "4096");
        line.ask(11, first);
        line.hear();
        var last = line.text();
        try {
            var salted =
                    SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                            .generateSecret(new PBEKeySpec("secret".toCharArray(), SALT, 4096, 256))
                            .getEncoded();
            var signed = bare + "," + first + "," + last.substring(0, last.indexOf(",p="));
            return Base64.getEncoder().encodeToString(hmac(hmac(salted, "Server Key"), signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void pause(int milliseconds) {
        java.util.concurrent.locks.LockSupport.parkNanos(milliseconds * 1_000_000L);
    }
}
