package shuqiao.exchange;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.engine.HashKey;
import shuqiao.kernel.Vault;

/**
 * Keys of the mask {@code hash}: a consumer can join what it got from one provider, and two
 * consumers cannot put their tables together.
 */
@Repository
class HashKeys {

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient db;
    private final Vault vault;

    HashKeys(JdbcClient db, Vault vault) {
        this.db = db;
        this.vault = vault;
    }

    /** The key of the pair, made when it is first needed. */
    HashKey of(String provider, String consumer) {
        var context = "hash-key " + provider + " " + consumer;
        var sealed =
                find(provider, consumer)
                        .or(() -> {
                            insert(provider, consumer, context);
                            return find(provider, consumer);
                        })
                        .orElseThrow();
        return new HashKey(HexFormat.of().parseHex(vault.decrypt(sealed, context)));
    }

    private Optional<byte[]> find(String provider, String consumer) {
        return db.sql(
                        """
                        select sealed from exchange.hash_key
                        where provider = :provider and consumer = :consumer
                        """)
                .param("provider", provider)
                .param("consumer", consumer)
                .query(byte[].class)
                .optional();
    }

    /** Of two who make it at once the first wins. */
    private void insert(String provider, String consumer, String context) {
        var fresh = new byte[BYTES];
        RANDOM.nextBytes(fresh);
        db.sql(
                        """
                        insert into exchange.hash_key (provider, consumer, sealed)
                        values (:provider, :consumer, :sealed) on conflict do nothing
                        """)
                .param("provider", provider)
                .param("consumer", consumer)
                .param("sealed", vault.encrypt(HexFormat.of().formatHex(fresh), context))
                .update();
    }
}
