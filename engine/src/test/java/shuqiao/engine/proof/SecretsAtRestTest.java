package shuqiao.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsAtRestTest {

    private static final byte[] SECRET = "口令 s3cret".getBytes(StandardCharsets.UTF_8);
    private static final byte[] PLACE = "source.password/7".getBytes(StandardCharsets.UTF_8);

    @TempDir Path home;

    @Test
    void a_secret_is_opened_only_whole_in_its_place_and_with_its_key() throws Exception {
        var sm4 = new Sm4Gcm(MasterKey.open(home.resolve("keys/master.key")));
        var again = new Sm4Gcm(MasterKey.open(home.resolve("keys/master.key")));
        var sealed = sm4.seal(SECRET, PLACE);

        assertThat(again.open(sealed, PLACE)).isEqualTo(SECRET);
        assertThat(sm4.seal(SECRET, PLACE)).isNotEqualTo(sealed);
        assertThat(again.open(sm4.seal(new byte[0], PLACE), PLACE)).isEmpty();
        assertUnreadable(again, sealed, new byte[0]);
        assertUnreadable(new Sm4Gcm(MasterKey.open(home.resolve("other.key"))), sealed, PLACE);
        for (int i = 0; i < sealed.length; i++) {
            var changed = sealed.clone();
            changed[i] ^= 1;
            assertUnreadable(again, changed, PLACE);
            assertUnreadable(again, Arrays.copyOf(sealed, i), PLACE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
    void a_key_that_others_may_touch_is_refused(String rights) throws Exception {
        var file = home.resolve("master.key");
        MasterKey.open(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));

        assertThatThrownBy(() -> MasterKey.open(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void a_cut_key_is_refused_and_never_replaced() throws Exception {
        var file = home.resolve("master.key");
        MasterKey.open(file);
        Files.writeString(file, "");

        assertThatThrownBy(() -> MasterKey.open(file)).isInstanceOf(IOException.class);
        assertThat(file).isEmptyFile();
    }

    @Test
    void signing_keys_are_made_once_and_their_origin_stays() throws Exception {
        var first = SigningKeys.open(home.resolve("keys"), Samples.ORIGIN);
        var second = SigningKeys.open(home.resolve("keys"), "another.example");

        assertThat(second.publicKeys().json()).isEqualTo(first.publicKeys().json());
        assertThat(second.origin()).isEqualTo(Samples.ORIGIN);
        assertThat(Files.readString(home.resolve("keys/public.json")))
                .isEqualTo(first.publicKeys().json());
        try (var files = Files.list(home.resolve("keys"))) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("ed25519.key", "sm2.key", "public.json");
        }
    }

    @Test
    void a_replaced_key_stays_trusted_for_what_it_signed() throws Exception {
        var before = Samples.in(home);
        Files.delete(home.resolve("ed25519.key"));

        var after = SigningKeys.open(home, "x").publicKeys();

        assertThat(after.keys()).hasSize(3);
        assertThat(ReceiptVerifier.verify(before.json(), after).isValid()).isTrue();
    }

    @Test
    void the_document_of_public_keys_is_read_back_and_checked() throws Exception {
        var json = SigningKeys.open(home, Samples.ORIGIN).publicKeys().json();

        assertThat(PublicKeys.parse(json).json()).isEqualTo(json);
        var id = PublicKeys.parse(json).keys().getFirst().id();
        var otherId = (id.charAt(0) == '0' ? "1" : "0") + id.substring(1);
        for (var wrong :
                new String[] {
                    "",
                    "[]",
                    "{}",
                    json.replace("\"shuqiao-keys\" : 1", "\"shuqiao-keys\" : 2"),
                    json.replace(id, otherId),
                    json.replace("\"Ed25519\"", "\"X\"").replace("\"SM2-SM3\"", "\"Y\""),
                    json.replace("\"publicKey\" : \"", "\"publicKey\" : \"?")
                }) {
            assertThatThrownBy(() -> PublicKeys.parse(wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void assertUnreadable(Sm4Gcm sm4, byte[] sealed, byte[] place) {
        assertThatThrownBy(() -> sm4.open(sealed, place)).isInstanceOf(Sm4Gcm.Unreadable.class);
    }
}
