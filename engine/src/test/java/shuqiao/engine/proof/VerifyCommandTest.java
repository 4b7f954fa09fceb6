package shuqiao.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifyCommandTest {

    @TempDir Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path receipt = Path.of("");
    private String json = "";

    @BeforeEach
    void deliver() throws Exception {
        json = Samples.in(home.resolve("keys")).json();
        receipt = Files.writeString(home.resolve("receipt.json"), json);
    }

    @Test
    void a_valid_receipt_ends_with_0_and_lists_the_checks_in_chinese() {
        assertThat(run(receipt.toString())).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("✓ 2 个签名全部有效").endsWith("有效\n");
        assertThat(err.size()).isZero();
    }

    @Test
    void english_is_spoken_when_asked_for() {
        assertThat(run(receipt.toString(), "--lang", "en")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("✓ all 2 signatures are valid");
        assertThat(run(Map.of("LANG", "en_US.UTF-8"), "missing.json")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("Could not check: ");
    }

    @Test
    void a_changed_receipt_ends_with_1_and_says_why_on_stdout() throws Exception {
        Files.writeString(receipt, json.replace("\"rowsWritten\":998", "\"rowsWritten\":999"));

        assertThat(run(receipt.toString())).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("✗ ", "签名与内容不符").endsWith("无效\n");
    }

    @Test
    void a_stripped_signature_ends_with_1_and_is_named_in_both_languages() throws Exception {
        Files.writeString(receipt, json.replaceFirst(",\\{\"algorithm\":\"SM2-SM3\"[^}]*}", ""));

        assertThat(run(receipt.toString())).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("✗ 缺少 SM2-SM3 的签名");
        assertThat(run(receipt.toString(), "--lang", "en")).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("✗ the signature by SM2-SM3 is missing");
    }

    @Test
    void a_number_written_minus_zero_ends_with_1() throws Exception {
        Files.writeString(receipt, json.replace("\"rowsRejected\":2", "\"rowsRejected\":-0"));

        assertThat(run(receipt.toString())).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("-0").endsWith("无效\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "null", "{\"receipt\":\"shuqiao/1\"}", "{\"a\":1,\"a\":2}"})
    void json_that_is_no_receipt_is_not_valid(String text) throws Exception {
        Files.writeString(receipt, text);

        assertThat(run(receipt.toString())).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("无效\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "{", "{} {}"})
    void what_is_no_json_cannot_be_checked(String text) throws Exception {
        Files.writeString(receipt, text);

        assertThat(run(receipt.toString())).isEqualTo(2);
        assertThat(out.size()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("无法验证").contains("不是 JSON");
    }

    @Test
    void without_file_keys_or_arguments_nothing_can_be_checked() throws Exception {
        assertThat(run("missing.json")).isEqualTo(2);
        assertThat(run(home.toString())).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        assertThat(run("--what")).isEqualTo(2);
        assertThat(run(receipt.toString(), "--key")).isEqualTo(2);
        assertThat(run(receipt.toString(), "--key", "missing.json")).isEqualTo(2);
        assertThat(run(receipt.toString(), "--key", receipt.toString())).isEqualTo(2);
        assertThat(run("\0")).isEqualTo(2);
        Files.write(receipt, new byte[] {'"', (byte) 0xff, '"'});
        assertThat(run(receipt.toString())).isEqualTo(2);
        assertThat(out.size()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .doesNotContain("null")
                .doesNotContain("\tat ");
    }

    @Test
    void the_key_that_is_given_takes_the_place_of_the_one_at_home() throws Exception {
        Samples.in(home.resolve("other"));

        var other = home.resolve("other/public.json").toString();

        assertThat(run(receipt.toString(), "--key", other)).isEqualTo(1);
        assertThat(run(receipt.toString(), "--key", home.resolve("keys/public.json").toString()))
                .isZero();
    }

    private int run(String... args) {
        return run(Map.of(), args);
    }

    private int run(Map<String, String> more, String... args) {
        var environment = new HashMap<>(more);
        environment.put("SHUQIAO_HOME", home.toString());
        return VerifyCommand.run(
                args,
                environment,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
