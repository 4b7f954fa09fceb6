package shuqiao.onesource;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.engine.HashKey;
import shuqiao.engine.ValueSketch;
import shuqiao.kernel.Vault;

/** Keyed hashes of columns, and what pairs of them have in common. */
@Repository
class SketchTable {

    /** A column with its sketch. */
    record Kept(long resource, String column, ValueSketch sketch) {}

    private static final int KEY_BYTES = 32;
    private static final String CONTEXT = "onesource.secret.sealed";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient db;
    private final Vault vault;

    SketchTable(JdbcClient db, Vault vault) {
        this.db = db;
        this.vault = vault;
    }

    /** One key for the whole platform, or two columns could not be compared; made when needed. */
    HashKey key() {
        var fresh = new byte[KEY_BYTES];
        RANDOM.nextBytes(fresh);
        db.sql("insert into onesource.secret (sealed) values (:sealed) on conflict do nothing")
                .param("sealed", vault.encrypt(HexFormat.of().formatHex(fresh), CONTEXT))
                .update();
        var sealed = db.sql("select sealed from onesource.secret").query(byte[].class).single();
        return new HashKey(HexFormat.of().parseHex(vault.decrypt(sealed, CONTEXT)));
    }

    void put(
            long resource,
            String provider,
            String column,
            ValueSketch sketch,
            String by,
            Instant at) {
        var bytes = ByteBuffer.allocate(sketch.hashes().size() * Long.BYTES);
        sketch.hashes().forEach(bytes::putLong);
        db.sql(
                        """
                        insert into onesource.sketch (resource, column_name, provider, hashes, complete, taken_by, taken_at)
                        values (:resource, :column, :provider, :hashes, :complete, :by, :at)
                        """)
                .param("resource", resource)
                .param("column", column)
                .param("provider", provider)
                .param("hashes", bytes.array())
                .param("complete", sketch.complete())
                .param("by", by)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** When those of a resource were taken; empty where there are none. */
    Optional<Instant> takenAt(long resource) {
        return db.sql("select max(taken_at) as at from onesource.sketch where resource = :resource")
                .param("resource", resource)
                .query((rs, _) ->
                        Optional.ofNullable(rs.getObject("at", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant))
                .single();
    }

    /** Those of all other departments. */
    List<Kept> others(String provider) {
        return db.sql("select * from onesource.sketch where provider <> :provider")
                .param("provider", provider)
                .query(SketchTable::kept)
                .list();
    }

    void put(Likeness it) {
        db.sql(
                        """
                        insert into onesource.likeness (resource, column_name, other, other_column, compared, shared,
                            low, high, exact, within_compared, within_shared)
                        values (:resource, :column, :other, :otherColumn, :compared, :shared,
                            :low, :high, :exact, :withinCompared, :withinShared)
                        """)
                .param("resource", it.resource())
                .param("column", it.column())
                .param("other", it.other())
                .param("otherColumn", it.otherColumn())
                .param("compared", it.compared())
                .param("shared", it.shared())
                .param("low", it.low())
                .param("high", it.high())
                .param("exact", it.exact())
                .param("withinCompared", it.withinCompared())
                .param("withinShared", it.withinShared())
                .update();
    }

    List<Likeness> likenesses(Collection<Long> resources) {
        if (resources.isEmpty()) return List.of();
        return db.sql("select * from onesource.likeness where resource in (:resources)")
                .param("resources", resources)
                .query(SketchTable::likeness)
                .list();
    }

    void forget(long resource) {
        db.sql("delete from onesource.likeness where resource = :resource or other = :resource")
                .param("resource", resource)
                .update();
        db.sql("delete from onesource.sketch where resource = :resource")
                .param("resource", resource)
                .update();
    }

    private static Kept kept(ResultSet rs, int number) throws SQLException {
        var bytes = ByteBuffer.wrap(rs.getBytes("hashes"));
        var hashes = new ArrayList<Long>();
        while (bytes.hasRemaining()) hashes.add(bytes.getLong());
        return new Kept(
                rs.getLong("resource"),
                rs.getString("column_name"),
                new ValueSketch(hashes, rs.getBoolean("complete")));
    }

    private static Likeness likeness(ResultSet rs, int number) throws SQLException {
        return new Likeness(
                rs.getLong("resource"),
                rs.getString("column_name"),
                rs.getLong("other"),
                rs.getString("other_column"),
                rs.getInt("compared"),
                rs.getInt("shared"),
                rs.getDouble("low"),
                rs.getDouble("high"),
                rs.getBoolean("exact"),
                rs.getInt("within_compared"),
                rs.getInt("within_shared"));
    }
}
