package shuqiao.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {

    /** The example of the Go package golang.org/x/mod/sumdb/note. */
    private static final String NOTE =
            """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.

            — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
            """;

    private static final String KEY = "ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    @TempDir Path folder;

    @Test
    void a_note_signed_elsewhere_is_verified() {
        var key = peter();

        assertThat(HexFormat.of().formatHex(key.noteKeyId())).isEqualTo("c74f20a3");
        assertThat(SignedNote.parse(NOTE).isSignedBy(List.of(key))).isTrue();
        assertThat(SignedNote.parse(NOTE.replace("answer", "Answer")).isSignedBy(List.of(key)))
                .isFalse();
        assertThat(SignedNote.parse(NOTE).print()).isEqualTo(NOTE);
    }

    @Test
    void a_checkpoint_is_signed_twice_and_each_key_alone_suffices() throws Exception {
        var keys = SigningKeys.open(folder, Samples.ORIGIN);
        var checkpoint =
                new Checkpoint(Samples.ORIGIN, 42, new byte[32], List.of("timestamp 1795000000"));

        var note = SignedNote.parse(keys.sign(checkpoint).print());

        assertThat(note.signatures()).hasSize(2);
        assertThat(note.signatures().getFirst().signature()).hasSize(64);
        assertThat(Checkpoint.parse(note.text()).text()).isEqualTo(checkpoint.text());
        for (var key : keys.publicKeys().keys()) {
            assertThat(note.isSignedBy(List.of(key))).isTrue();
        }
        assertThat(note.isSignedBy(List.of(peter()))).isFalse();
        assertThat(note.isSignedBy(List.of())).isFalse();
    }

    @Test
    void one_wrong_signature_of_a_trusted_key_spoils_the_note() throws Exception {
        var keys = SigningKeys.open(folder, Samples.ORIGIN);
        var note = keys.sign(new Checkpoint(Samples.ORIGIN, 1, new byte[32]));
        var sm2 = note.signatures().getLast();
        var other =
                keys.sign(new Checkpoint(Samples.ORIGIN, 2, new byte[32])).signatures().getLast();
        assertThat(other.keyId()).isEqualTo(sm2.keyId());

        var spoiled = new SignedNote(note.text(), List.of(note.signatures().getFirst(), other));

        assertThat(note.isSignedBy(keys.publicKeys().keys())).isTrue();
        assertThat(spoiled.isSignedBy(keys.publicKeys().keys())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\n\n",
                "text",
                "text\n",
                "text\n\n",
                "text\n\n\n",
                "text\n\nsignature\n",
                "text\n\n— name\n",
                "text\n\n— name !!!!\n",
                "text\n\n— name AAAA\n",
                "text\n\n—  AAAAAAAA\n",
                "text\n\n— a+b AAAAAAAA\n",
                "text\n\n— a b AAAAAAAA\n",
                "text\n\n— name AAAAAAAA",
                "text\n\n- name AAAAAAAA\n",
                "te\u0007xt\n\n— name AAAAAAAA\n"
            })
    void what_is_no_note_is_refused(String text) {
        assertThatThrownBy(() -> SignedNote.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "o\n1\n",
                "o\n1\nAAAA\n",
                "o\n-1\n%s\n",
                "o\n01\n%s\n",
                "o\n+1\n%s\n",
                "o\n9999999999999999999\n%s\n",
                "o\n1\n%s",
                "\n1\n%s\n",
                "o\n1\n%s\n\n"
            })
    void what_is_no_checkpoint_is_refused(String text) {
        var root = "A".repeat(43) + "=";
        assertThat(Checkpoint.parse("o\n1\n" + root + "\nmore\n").extensions())
                .containsExactly("more");

        assertThatThrownBy(() -> Checkpoint.parse(text.formatted(root)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static PublicKeys.PublicKey peter() {
        var typed = StrictBase64.bytes(KEY).orElseThrow();
        var key = Arrays.copyOfRange(typed, 1, typed.length);
        return new PublicKeys.PublicKey(
                Algorithm.ED25519.keyId(key),
                Algorithm.ED25519,
                key,
                List.of("checkpoint"),
                "PeterNeumann");
    }
}
