package shuqiao.engine.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** The key under which secrets at rest are sealed: 16 bytes in a file of mode 0600. */
public final class MasterKey {

    static final int BYTES = 16;

    private final byte[] key;

    MasterKey(byte[] key) {
        if (key.length != BYTES) throw new IllegalArgumentException("a key has 16 bytes");
        this.key = key.clone();
    }

    /**
     * Reads the key, making it when there is no file.
     *
     * @throws IOException also when others may read the file
     */
    public static MasterKey open(Path file) throws IOException {
        if (!Files.exists(file)) {
            PrivateFile.createFolder(PrivateFile.folderOf(file));
            var fresh = new byte[BYTES];
            new SecureRandom().nextBytes(fresh);
            PrivateFile.writeSecret(file, fresh);
        }
        return new MasterKey(PrivateFile.readSecret(file, BYTES));
    }

    byte[] bytes() {
        return key.clone();
    }

    @Override
    public String toString() {
        return "MasterKey[…]";
    }
}
