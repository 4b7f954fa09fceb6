package shuqiao.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;
import shuqiao.engine.embedded.Home;
import shuqiao.engine.proof.MasterKey;
import shuqiao.engine.proof.Sm4Gcm;

/**
 * Keeps secrets at rest: SM4-GCM under the master key of the home. Whoever has the database alone
 * has nothing.
 */
@Component
public class Vault {

    private final Sm4Gcm cipher;

    Vault(Home home) {
        try {
            cipher = new Sm4Gcm(MasterKey.open(home.keys().resolve("master")));
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    /**
     * @param context where the secret is stored: schema, table, column and row; needed again to
     *     read it, so that a secret moved to another row is worth nothing there
     */
    public byte[] encrypt(String plain, String context) {
        return cipher.seal(bytes(plain), bytes(context));
    }

    /**
     * @throws Sm4Gcm.Unreadable when it was encrypted with another key, changed or moved
     */
    public String decrypt(byte[] sealed, String context) {
        return new String(cipher.open(sealed, bytes(context)), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
