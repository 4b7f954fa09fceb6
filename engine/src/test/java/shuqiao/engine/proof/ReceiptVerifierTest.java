package shuqiao.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Tag("slow")
class ReceiptVerifierTest {

    @TempDir static Path folder;
    @TempDir static Path elsewhere;

    private static Samples samples;
    private static Samples foreign;

    @BeforeAll
    static void makeReceipts() {
        samples = Samples.in(folder);
        foreign = Samples.in(elsewhere);
    }

    @Test
    void a_receipt_is_valid_under_its_own_keys_and_no_others() {
        var verdict = ReceiptVerifier.verify(samples.json(), samples.trusted());

        assertThat(verdict.isValid()).isTrue();
        assertThat(verdict.checks())
                .extracting(Verdict.Check::name)
                .containsExactly(
                        "shape", "signatures", "checkpoint", "origin", "index", "inclusion");
        assertThat(failed(foreign.json())).containsExactly("signatures", "checkpoint");
        assertThat(ReceiptVerifier.verify(samples.json(), foreign.trusted()).isValid()).isFalse();
    }

    @Test
    void it_is_read_back_as_it_was_printed() {
        assertThat(ReceiptJson.parse(samples.json())).isEqualTo(samples.receipt());
        assertThat(ReceiptJson.print(ReceiptJson.parse(samples.json()))).isEqualTo(samples.json());
        assertThat(samples.json()).startsWith("{\"receipt\":\"shuqiao/1\",\"run\":");
        assertThat(new String(samples.receipt().signedBytes(), StandardCharsets.UTF_8))
                .startsWith("{\"bytes\":123456,\"consumer\":")
                .doesNotContain("signatures")
                .doesNotContain("checkpoint");
    }

    @Test
    void another_order_and_spacing_of_the_same_members_is_the_same_receipt() {
        var pretty =
                Json.MAPPER
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(Json.MAPPER.readTree(samples.json()));
        var sorted = CanonicalJson.text(Json.MAPPER.readTree(samples.json()));

        assertThat(failed(pretty)).isEmpty();
        assertThat(failed(sorted)).isEmpty();
    }

    @Test
    void every_changed_removed_or_retyped_value_makes_it_invalid() {
        var places = new ArrayList<String>();
        collect(tree(), "", places);
        assertThat(places).hasSizeGreaterThan(30);
        for (var place : places) {
            for (var other : List.of("x", "", 0, 7, -1, 1.5, true, List.of(), new Object[1])) {
                var changed = tree();
                var before = changed.at(place);
                if (before.isIntegralNumber() && other.equals(before.intValue())) continue;
                replace(changed, place, Json.MAPPER.valueToTree(other));
                assertInvalid(changed, place + " := " + other);
            }
            var removed = tree();
            replace(removed, place, null);
            assertInvalid(removed, place + " removed");
        }
    }

    @Test
    void every_changed_character_of_a_text_makes_it_invalid() {
        var places = new ArrayList<String>();
        collect(tree(), "", places);
        var random = new Random(20261122);
        for (var place : places) {
            if (!tree().at(place).isString()) continue;
            var text = tree().at(place).stringValue();
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                char other = (char) (c ^ (1 << random.nextInt(3)));
                var changed = tree();
                replace(
                        changed,
                        place,
                        Json.MAPPER.valueToTree(
                                text.substring(0, i) + other + text.substring(i + 1)));
                assertInvalidUnlessOneSm2LineIsUnknown(changed, place, i);
            }
        }
    }

    @Test
    void every_changed_byte_of_the_file_is_invalid_or_means_the_same() {
        var bytes = samples.json().getBytes(StandardCharsets.UTF_8);
        var random = new Random(1);
        for (int round = 0; round < 3_000; round++) {
            var changed = bytes.clone();
            int at = random.nextInt(bytes.length);
            changed[at] = (byte) (32 + random.nextInt(95));
            var text = new String(changed, StandardCharsets.UTF_8);
            var verdict = ReceiptVerifier.verify(text, samples.trusted());
            if (verdict.isValid()) {
                var same = ReceiptJson.parse(text);
                assertThat(same.signedBytes()).isEqualTo(samples.receipt().signedBytes());
            }
        }
    }

    @Test
    void a_receipt_without_signatures_or_with_unknown_ones_only_is_not_valid() {
        assertThat(edited(r -> r.remove("signatures"))).containsExactly("signatures");
        assertThat(edited(r -> r.putArray("signatures"))).containsExactly("signatures");
        assertThat(
                        edited(r ->
                                r.set(
                                        "signatures",
                                        Json.MAPPER.readTree(foreign.json()).get("signatures"))))
                .containsExactly("signatures");
    }

    @Test
    void every_listed_signature_must_be_valid() {
        assertThat(edited(r -> signatures(r).add(signatures(r).get(0))))
                .containsExactly("signatures");
        assertThat(
                        edited(r ->
                                signatures(r)
                                        .add(
                                                Json.MAPPER
                                                        .readTree(foreign.json())
                                                        .at("/signatures/0"))))
                .containsExactly("signatures");
        assertThat(edited(r -> ((ObjectNode) signatures(r).get(0)).put("algorithm", "SM2-SM3")))
                .containsExactly("signatures");
    }

    @ParameterizedTest
    @CsvSource({"0,Ed25519", "1,SM2-SM3"})
    void a_signature_that_was_taken_away_is_named(int place, String algorithm) {
        var stripped = tree();
        signatures(stripped).remove(place);

        var verdict = ReceiptVerifier.verify(stripped.toString(), samples.trusted());

        assertThat(verdict.failed()).hasSize(1);
        assertThat(verdict.failed().getFirst().name()).isEqualTo("signatures");
        assertThat(verdict.failed().getFirst().chinese()).contains("缺少 " + algorithm);
        assertThat(verdict.failed().getFirst().english()).contains("by " + algorithm);
    }

    @Test
    void a_missing_algorithm_is_named_once_however_many_keys_of_it_are_trusted() {
        var stripped = tree();
        signatures(stripped).remove(1);
        var later = Algorithm.SM2.publicKey(Algorithm.SM2.newPrivateKey());
        var keys = new ArrayList<>(samples.trusted().keys());
        keys.add(
                new PublicKeys.PublicKey(
                        Algorithm.SM2.keyId(later),
                        Algorithm.SM2,
                        later,
                        List.of(PublicKeys.RECEIPT),
                        Samples.ORIGIN));

        var verdict =
                ReceiptVerifier.verify(stripped.toString(), new PublicKeys(Samples.ORIGIN, keys));

        assertThat(verdict.failed().getFirst().english()).contains("by SM2-SM3 is missing");
        assertThat(verdict.failed().getFirst().chinese()).contains("缺少 SM2-SM3 的签名");
    }

    @Test
    void a_checkpoint_needs_its_line_by_ed25519_and_a_missing_one_by_sm2_is_named() {
        var note = SignedNote.parse(log(tree()).get("checkpoint").stringValue());
        var lines = note.signatures();
        assertThat(lines).hasSize(2);
        var withoutSecond = new SignedNote(note.text(), List.of(lines.get(0))).print();
        var withoutFirst = new SignedNote(note.text(), List.of(lines.get(1))).print();

        var named =
                ReceiptVerifier.verify(withCheckpoint(withoutSecond).toString(), samples.trusted());

        assertThat(failed(withCheckpoint(withoutFirst).toString())).containsExactly("checkpoint");
        assertThat(named.isValid()).isTrue();
        assertThat(named.checks().get(2).chinese()).contains("缺少 SM2-SM3 的签名行");
        assertThat(named.checks().get(2).english()).contains("by SM2-SM3 is missing");
    }

    @Test
    void notes_are_signed_and_absent_where_there_are_none() {
        assertThat(samples.json()).doesNotContain("notes");
        var noted = Samples.in(folder, List.of("来源声明了行级安全", "refilled: view v"));

        assertThat(noted.json()).contains("\"notes\":[\"来源声明了行级安全\",\"refilled: view v\"]");
        assertThat(ReceiptJson.parse(noted.json())).isEqualTo(noted.receipt());
        assertThat(failed(noted.json())).isEmpty();
        for (var notes :
                List.of(
                        "[\"来源声明了行级安全\"]",
                        "[\"refilled: view v\",\"来源声明了行级安全\"]",
                        "[\"来源声明了行级安全\",\"refilled: view w\"]")) {
            var changed = (ObjectNode) Json.MAPPER.readTree(noted.json());
            changed.set("notes", Json.MAPPER.readTree(notes));
            assertThat(failed(changed.toString())).containsExactly("signatures", "inclusion");
        }
        var removed = (ObjectNode) Json.MAPPER.readTree(noted.json());
        removed.remove("notes");
        assertThat(failed(removed.toString())).containsExactly("signatures", "inclusion");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "{}",
                "\"a\"",
                "[1]",
                "[null]",
                "[[\"a\"]]",
                "[\"\"]",
                "[\" \"]",
                "[\"a\\nb\"]",
                "[\"a\\u0000b\"]"
            })
    void notes_of_another_shape_are_no_receipt(String notes) {
        assertThat(edited(r -> r.set("notes", Json.MAPPER.readTree(notes))))
                .containsExactly("shape");
    }

    @Test
    void too_many_or_too_long_notes_are_no_receipt() {
        assertThat(edited(r -> r.putArray("notes").add("长".repeat(Receipt.NOTE_MAX + 1))))
                .containsExactly("shape");
        assertThat(
                        edited(r -> {
                            var notes = r.putArray("notes");
                            for (int i = 0; i <= Receipt.NOTES_MAX; i++) notes.add("n");
                        }))
                .containsExactly("shape");
    }

    @Test
    void minus_zero_is_no_number_of_a_receipt() {
        var zero = Samples.in(folder, 0).json();
        assertThat(failed(zero)).isEmpty();
        var minus = zero.replace("\"rowsRejected\":0", "\"rowsRejected\":-0");

        assertThat(minus).isNotEqualTo(zero);
        assertThat(failed(minus)).containsExactly("shape");
        assertThatThrownBy(() -> ReceiptJson.parse(minus)).isInstanceOf(InvalidReceipt.class);
        assertThat(failed(zero.replace("run-1", "run -0"))).doesNotContain("shape");
    }

    @Test
    void a_key_inside_the_receipt_is_not_trusted() {
        assertThat(edited(r -> r.set("keys", Json.MAPPER.readTree(foreign.trusted().json()))))
                .containsExactly("shape");
        assertThat(edited(r -> ((ObjectNode) signatures(r).get(0)).put("publicKey", "AAAA")))
                .containsExactly("shape");
    }

    @ParameterizedTest
    @ValueSource(longs = {13, 14, 1_000_000, 9_007_199_254_740_991L})
    void an_index_beyond_the_checkpoint_is_impossible(long index) {
        assertThat(edited(r -> log(r).put("index", index))).containsExactly("index");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "9007199254740992",
                "9223372036854775807",
                "1e3",
                "6.0",
                "1e400",
                "\"6\"",
                "null",
                "99999999999999999999999999"
            })
    void an_absurd_index_is_no_receipt(String index) {
        var json = samples.json().replace("\"index\":6", "\"index\":" + index);

        assertThat(json).isNotEqualTo(samples.json());
        assertThat(failed(json)).containsExactly("shape");
    }

    @Test
    void the_log_must_be_there_and_be_the_trusted_one() {
        assertThat(edited(r -> r.remove("log"))).containsExactly("log");
        assertThat(edited(r -> log(r).putArray("inclusionProof"))).containsExactly("inclusion");
        assertThat(edited(r -> log(r).put("origin", "other.example"))).containsExactly("origin");
        assertThat(edited(r -> log(r).put("index", 5))).containsExactly("inclusion");
        assertThat(edited(r -> log(r).put("checkpoint", "nonsense"))).containsExactly("checkpoint");
        var foreignNote = foreign.receipt().log();
        assertThat(foreignNote).isNotNull();
        if (foreignNote != null) {
            assertThat(edited(r -> log(r).put("checkpoint", foreignNote.checkpoint())))
                    .contains("checkpoint");
        }
    }

    @Test
    void a_checkpoint_of_another_log_under_the_same_key_is_not_accepted() {
        var receipt = samples.receipt().withSignatures(samples.receipt().signatures());
        var leaves = Samples.leaves(receipt);
        var other =
                samples.keys()
                        .sign(
                                new Checkpoint(
                                        "other.example", Samples.SIZE, MerkleTree.root(leaves)));

        assertThat(edited(r -> log(r).put("checkpoint", other.print()))).containsExactly("origin");
        assertThat(
                        edited(r ->
                                log(r).put("checkpoint", other.print())
                                        .put("origin", "other.example")))
                .containsExactly("origin");
    }

    @Test
    void a_key_under_the_id_of_another_is_refused() {
        var keys = samples.trusted().keys();
        var own = keys.getFirst();
        var other = keys.getLast();

        assertThat(other.id()).isNotEqualTo(own.id());
        assertThatThrownBy(() ->
                        new PublicKeys.PublicKey(
                                other.id(),
                                own.algorithm(),
                                own.publicKey(),
                                own.use(),
                                own.noteName()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("id does not belong");
    }

    @Test
    void a_key_serves_only_the_use_it_is_listed_for() {
        var checkpointOnly =
                new PublicKeys(
                        Samples.ORIGIN,
                        samples.trusted().keys().stream()
                                .map(k ->
                                        new PublicKeys.PublicKey(
                                                k.id(),
                                                k.algorithm(),
                                                k.publicKey(),
                                                List.of(PublicKeys.CHECKPOINT),
                                                k.noteName()))
                                .toList());

        assertThat(ReceiptVerifier.verify(samples.json(), checkpointOnly).failed())
                .extracting(Verdict.Check::name)
                .containsExactly("signatures");
    }

    @Test
    void whatever_is_fed_in_the_answer_is_a_verdict() {
        for (var text :
                List.of(
                        "",
                        " ",
                        "null",
                        "[]",
                        "42",
                        "\"\"",
                        "{}",
                        "{",
                        "\u0000",
                        "[".repeat(100_000),
                        "{\"a\":".repeat(600) + "1" + "}".repeat(600),
                        samples.json() + samples.json(),
                        samples.json().replaceFirst("\\{", "{\"run\":\"run-2\","),
                        samples.json().replace("run-1", "\\ud83d"),
                        samples.json()
                                .replace("\"version\":3", "\"version\":" + "9".repeat(5_000)))) {
            assertThat(ReceiptVerifier.verify(text, samples.trusted()).isValid()).isFalse();
        }
    }

    private static void assertInvalidUnlessOneSm2LineIsUnknown(
            ObjectNode changed, String place, int i) {
        var verdict = ReceiptVerifier.verify(changed.toString(), samples.trusted());
        if (!verdict.isValid()) return;
        // a line of the note whose name or key id is not known is passed over, as C2SP asks,
        // and told, since the key document has a key for it
        assertThat(verdict.checks().get(2).english()).contains("by SM2-SM3 is missing");
        assertThat(place).isEqualTo("/log/checkpoint");
        var before = SignedNote.parse(tree().at(place).stringValue());
        var after = SignedNote.parse(changed.at(place).stringValue());
        assertThat(after.text()).as("character %d", i).isEqualTo(before.text());
        assertThat(
                        after.signatures().stream()
                                .filter(line ->
                                        samples.trusted().keys().stream()
                                                .anyMatch(key ->
                                                        Arrays.equals(key.noteKeyId(), line.keyId())
                                                                && key.noteName()
                                                                        .equals(line.name()))))
                .hasSize(1);
    }

    private static void assertInvalid(JsonNode changed, String what) {
        assertThat(ReceiptVerifier.verify(changed.toString(), samples.trusted()).isValid())
                .as(what)
                .isFalse();
    }

    private static List<String> edited(Consumer<ObjectNode> edit) {
        var tree = tree();
        edit.accept(tree);
        return failed(tree.toString());
    }

    private static List<String> failed(String json) {
        return ReceiptVerifier.verify(json, samples.trusted()).failed().stream()
                .map(Verdict.Check::name)
                .toList();
    }

    private static ObjectNode tree() {
        return (ObjectNode) Json.MAPPER.readTree(samples.json());
    }

    private static ObjectNode withCheckpoint(String checkpoint) {
        var tree = tree();
        log(tree).put("checkpoint", checkpoint);
        return tree;
    }

    private static ObjectNode log(ObjectNode receipt) {
        return (ObjectNode) receipt.get("log");
    }

    private static ArrayNode signatures(ObjectNode receipt) {
        return (ArrayNode) receipt.get("signatures");
    }

    private static void collect(JsonNode node, String path, List<String> places) {
        if (!path.isEmpty()) places.add(path);
        if (node.isObject()) {
            node.properties().forEach(e -> collect(e.getValue(), path + "/" + e.getKey(), places));
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(node.get(i), path + "/" + i, places);
        }
    }

    private static void replace(ObjectNode root, String place, @Nullable JsonNode value) {
        int slash = place.lastIndexOf('/');
        var name = place.substring(slash + 1);
        switch (root.at(place.substring(0, slash))) {
            case ObjectNode parent when value == null -> parent.remove(name);
            case ObjectNode parent -> parent.set(name, value);
            case ArrayNode parent when value == null -> parent.remove(Integer.parseInt(name));
            case ArrayNode parent -> parent.set(Integer.parseInt(name), value);
            default -> throw new AssertionError(place);
        }
    }
}
