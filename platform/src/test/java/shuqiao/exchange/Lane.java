package shuqiao.exchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import shuqiao.Line;
import shuqiao.engine.embedded.ScratchPostgres;

/**
 * One table at a provider, the lines on which it goes to a consumer, and what must be found there.
 * What a row holds follows from its number and its version, so that each can be checked.
 */
final class Lane implements AutoCloseable {

    /** How the rows enter. */
    enum Mode {
        REPLACED,
        REFILLED,
        MERGED,
        FILE
    }

    static final int GROWTH = 7;

    private static final String ROWS =
            "select i::bigint as id, %1$d as version, '户' || i as name, (i * %1$d %% 99991)::numeric(12,2) as amount, %3$s as note from generate_series(1, %2$d) i";

    final Mode mode;
    final Line from;
    final Line to;
    private final ScratchPostgres.Database source;
    private final ScratchPostgres.Database target;
    private final int rows;
    private final int width;
    private int version;
    private boolean altered;
    @Nullable WatchfulReader reader;

    /** What a run needs. */
    long grant;

    long place;

    /** The version that came last. */
    int delivered;

    /** Bytes of an undisturbed run, and how long it takes. */
    long[] usual = {0, 0, 0, 0};

    long usualNanos;

    Lane(
            Mode mode,
            ScratchPostgres.Database source,
            ScratchPostgres.Database target,
            int rows,
            int width) {
        this.mode = mode;
        this.source = source;
        this.target = target;
        this.rows = rows;
        this.width = width;
        this.from = new Line(source.host(), source.port());
        this.to = new Line(target.host(), target.port());
    }

    /** The database as it is reached over that line. */
    static ScratchPostgres.Database over(Line line, ScratchPostgres.Database database) {
        return new ScratchPostgres.Database(
                database.jdbcUrl().replace(":" + database.port() + "/", ":" + line.port() + "/"),
                database.host(),
                line.port(),
                database.name(),
                database.user(),
                database.password());
    }

    ScratchPostgres.Database providerSees() {
        return over(from, source);
    }

    ScratchPostgres.Database consumerSees() {
        return over(to, target);
    }

    String table() {
        return "lane_"
                + mode.name().toLowerCase(java.util.Locale.ROOT)
                + (width > 1 ? "_wide" : "");
    }

    int version() {
        return version;
    }

    long count(int ofVersion) {
        return rows + (long) GROWTH * ofVersion;
    }

    /** Begins anew with a first version, as it was described and granted. */
    void make() {
        source.run(
                "drop table if exists " + table() + "_away",
                "drop table if exists " + table(),
                "create table "
                        + table()
                        + " (id bigint primary key, version int not null, name text, amount numeric(12,2), note text)");
        altered = false;
        renew();
    }

    /** The next version, in one transaction. Returns it. */
    int renew() {
        advance("delete from " + table());
        return version;
    }

    /** A further version, which may come while a run is under way. */
    void advance(String emptying) {
        var next = version + 1;
        source.run(
                "begin; %s; insert into %s %s; commit"
                        .formatted(emptying, table(), generated(next)));
        version = next;
    }

    void atSource(String sql) {
        altered = true;
        source.run(sql.formatted(table()));
    }

    /** Whether the source still has the form in which it was granted. */
    boolean isUntouched() {
        return !altered;
    }

    private String generated(int ofVersion) {
        var note = width == 1 ? "md5((i * %d)::text)".formatted(ofVersion) : wide(ofVersion);
        return ROWS.formatted(ofVersion, count(ofVersion), note);
    }

    private String wide(int ofVersion) {
        return "(select string_agg(md5((i * %d + k)::text), '') from generate_series(1, %d) k)"
                .formatted(ofVersion, width);
    }

    /** The consumer's own table, with a column and a row that are nobody else's business. */
    void keep() {
        target.run(
                "create table "
                        + table()
                        + " (bh bigint primary key, bb int, xm text, je numeric(12,2), bz text, own text default 'own')",
                "insert into " + table() + " values (-1, 0, '本局', 1, '本局', '本局')");
    }

    void hang() {
        target.run("create view " + table() + "_view as select count(*) from " + table());
    }

    private String there() {
        return mode == Mode.MERGED
                ? "(select bh as id, bb as version, xm as name, je as amount, bz as note from %s where bh > 0)"
                        .formatted(table())
                : table();
    }

    void watch() {
        reader =
                WatchfulReader.of(
                        target,
                        "select count(*), coalesce(sum(id), 0), min(version), max(version) from "
                                + there()
                                + " t",
                        this::count);
    }

    /** Somebody who looks at the table, or writes it, in a transaction that he does not end. */
    java.sql.Connection holder() throws SQLException {
        var session = target.connect();
        session.setAutoCommit(false);
        session.createStatement()
                .execute(
                        "lock table %s in %s mode"
                                .formatted(
                                        table(),
                                        mode == Mode.REPLACED ? "access share" : "row exclusive"));
        return session;
    }

    /** What is wrong with the target's rows, one by one; empty when it is exactly one version. */
    String wrong(int ofVersion) {
        return target.one(
                """
                with e as (%1$s), t as (select * from %2$s t)
                select concat_ws(', ', nullif((select count(*) - count(distinct id) from t), 0) || ' doubled',
                  nullif(count(*) filter (where t.id is null), 0) || ' lost',
                  nullif(count(*) filter (where e.id is null), 0) || ' foreign',
                  nullif(count(*) filter (where e.id = t.id and (t.version, t.name, t.amount, t.note) is distinct from (e.version, e.name, e.amount, e.note)), 0) || ' half written')
                from e full join t on t.id = e.id
                """
                        .formatted(generated(ofVersion), there()));
    }

    /** What is left besides: staging tables, and what was done to rows that are not ours. */
    String left() {
        var staging =
                target.one(
                        "select count(*) from pg_class where starts_with(relname, 'shuqiao_staging_')");
        if (!staging.equals("0")) return staging + " staging tables";
        if (mode != Mode.MERGED) return "";
        var own =
                target.one(
                        "select string_agg(distinct own, ' ' order by own) || (select xm from %1$s where bh = -1) from %1$s"
                                .formatted(table()));
        return own.equals("own 本局本局") || own.equals("本局 own本局") ? "" : "local columns: " + own;
    }

    int versionThere() {
        return Integer.parseInt(
                target.one("select coalesce(max(version), 0) from " + there() + " t"));
    }

    /** What a file of that version holds, in the order of the numbers. */
    List<String> lines(int ofVersion) {
        var lines = new ArrayList<String>();
        try (var session = target.connect();
                var rows =
                        session.createStatement()
                                .executeQuery(
                                        "select concat_ws(',', id, version, name, amount, note) from ("
                                                + generated(ofVersion)
                                                + ") g order by id")) {
            while (rows.next()) lines.add(rows.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return lines;
    }

    static List<String> byNumber(List<String> lines) {
        return lines.stream()
                .sorted(
                        Comparator.comparingLong(
                                line -> Long.parseLong(line.substring(0, line.indexOf(',')))))
                .toList();
    }

    /** Digest of the tuples as the receipt has it: of what stands there, or of what was read. */
    String digest(boolean ofTarget) throws SQLException, IOException, GeneralSecurityException {
        try (var session = (ofTarget ? target : source).connect()) {
            session.createStatement().execute("set synchronize_seqscans = off");
            var bytes = new ByteArrayOutputStream();
            session.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy " + table() + " to stdout (format binary)", bytes);
            var all = bytes.toByteArray();
            var tuples = Arrays.copyOfRange(all, 19, all.length - 2);
            return "sha256:"
                    + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(tuples));
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (reader != null) reader.close();
        from.close();
        to.close();
    }
}
