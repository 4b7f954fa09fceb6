package shuqiao.onesource;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.Vault;

/** Samples of hashes of columns, compared where they lie. */
@Repository
class SketchTable {

    /** With how many columns of others one is compared at most; those of its data element first. */
    static final int OTHERS_MAX = 500;

    /** What a column of another department has in common with one's own. */
    record Met(long resource, String column, int shared, int shorter) {}

    private static final int KEY_BYTES = 32;
    private static final String CONTEXT = "onesource.pepper.sealed";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient db;
    private final Vault vault;

    SketchTable(JdbcClient db, Vault vault) {
        this.db = db;
        this.vault = vault;
    }

    /** Never told to any other machine; made when needed. One who writes samples at a time. */
    byte[] key() {
        var fresh = new byte[KEY_BYTES];
        RANDOM.nextBytes(fresh);
        db.sql("insert into onesource.pepper (sealed) values (:sealed) on conflict do nothing")
                .param("sealed", vault.encrypt(HexFormat.of().formatHex(fresh), CONTEXT))
                .update();
        var sealed =
                db.sql("select sealed from onesource.pepper for update")
                        .query(byte[].class)
                        .single();
        return HexFormat.of().parseHex(vault.decrypt(sealed, CONTEXT));
    }

    /** Writes it down if its department still lets the column be compared. */
    void put(
            long resource,
            String provider,
            String column,
            String itemKey,
            Sample it,
            String by,
            Instant at) {
        db.sql(
                        """
                        insert into onesource.sketch (resource, column_name, provider, item_key, level, counts,
                            hashes, taken_by, taken_at)
                        values (:resource, :column, :provider, :itemKey, :level, :counts, :hashes, :by, :at)
                        """)
                .param("resource", resource)
                .param("column", column)
                .param("provider", provider)
                .param("itemKey", itemKey)
                .param("level", it.level())
                .param("counts", it.counts().toArray(Integer[]::new))
                .param("hashes", it.hashes().toArray(Long[]::new))
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

    void forget(long resource) {
        db.sql("delete from onesource.sketch where resource = :resource")
                .param("resource", resource)
                .update();
    }

    /**
     * Compares a column with those of other departments: on the level of the coarser of the two
     * samples, and only where enough of either is left there. The others stay until the caller's
     * transaction ends.
     */
    List<Met> compared(String provider, String itemKey, Sample mine) {
        return db.sql(
                        """
                        with other as materialized (
                            select resource, column_name, level, counts, hashes from onesource.sketch
                            where provider <> :provider and abs(level - :level) < :levels
                            order by (item_key = :itemKey) desc, taken_at desc, resource, column_name
                            limit :max
                            for key share),
                        cut as (
                            select o.resource, o.column_name,
                                o.hashes[1 : o.counts[greatest(o.level, :level) - o.level + 1]] as theirs,
                                (:hashes::bigint[])[1 : (:counts::int[])[greatest(o.level, :level) - :level + 1]] as mine
                            from other o),
                        enough as (
                            select *, least(cardinality(theirs), cardinality(mine)) as shorter from cut)
                        select resource, column_name, shorter,
                            (select count(*)::int from unnest(theirs) t (h) join unnest(mine) m (h) using (h)) as shared
                        from enough where shorter >= :min
                        order by resource, column_name
                        """)
                .param("provider", provider)
                .param("itemKey", itemKey)
                .param("level", mine.level())
                .param("levels", Sample.LEVELS)
                .param("counts", mine.counts().toArray(Integer[]::new))
                .param("hashes", mine.hashes().toArray(Long[]::new))
                .param("min", Likeness.COMPARED_MIN)
                .param("max", OTHERS_MAX)
                .query((rs, _) ->
                        new Met(
                                rs.getLong("resource"),
                                rs.getString("column_name"),
                                rs.getInt("shared"),
                                rs.getInt("shorter")))
                .list();
    }

    /**
     * Counts one comparison of a department on a day.
     *
     * @return false when it has had as many as it may
     */
    boolean ask(String provider, java.time.LocalDate day, int most) {
        db.sql("delete from onesource.asked where day < :day").param("day", day).update();
        return db.sql(
                                """
                                insert into onesource.asked as a (provider, day, times) values (:provider, :day, 1)
                                on conflict (provider, day) do update set times = a.times + 1
                                where a.times < :most
                                """)
                        .param("provider", provider)
                        .param("day", day)
                        .param("most", most)
                        .update()
                > 0;
    }
}
