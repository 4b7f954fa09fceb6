package shuqiao.ledger;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.engine.proof.Node;
import shuqiao.engine.proof.NodeStore;

/** Leaves, nodes and checkpoints of the log. */
@Repository
class TreeTable implements NodeStore {

    /** A signed state of the log. */
    record Signed(long size, byte[] root, String note, Instant at) {}

    private final JdbcClient db;
    private final JdbcTemplate batch;

    TreeTable(JdbcClient db, JdbcTemplate batch) {
        this.db = db;
        this.batch = batch;
    }

    /** Lets one sequencer of all platforms work, until the end of the transaction. */
    boolean lock() {
        return db.sql("select pg_try_advisory_xact_lock(hashtextextended('shuqiao ledger', 0))")
                .query(Boolean.class)
                .single();
    }

    long size() {
        return db.sql("select coalesce(max(index) + 1, 0) from ledger.leaf")
                .query(Long.class)
                .single();
    }

    void place(long firstIndex, List<EntryTable.Waiting> entries, List<Node> nodes) {
        var leaves = new ArrayList<Object[]>();
        for (int i = 0; i < entries.size(); i++)
            leaves.add(new Object[] {firstIndex + i, entries.get(i).id()});
        batch.batchUpdate("insert into ledger.leaf (index, entry) values (?, ?)", leaves);
        batch.batchUpdate(
                "insert into ledger.node (level, index, hash) values (?, ?, ?)",
                nodes.stream()
                        .map(node -> new Object[] {node.level(), node.index(), node.hash()})
                        .toList());
    }

    @Override
    public byte[] node(int level, long index) {
        return db.sql("select hash from ledger.node where level = :level and index = :index")
                .param("level", level)
                .param("index", index)
                .query(byte[].class)
                .single();
    }

    List<byte[]> nodes(int level, long from, int count) {
        return db.sql(
                        """
                        select hash from ledger.node
                        where level = :level and index >= :from and index < :until order by index
                        """)
                .param("level", level)
                .param("from", from)
                .param("until", from + count)
                .query((rs, _) -> rs.getBytes("hash"))
                .list();
    }

    void insert(Signed checkpoint) {
        db.sql(
                        """
                        insert into ledger.checkpoint (size, root, note, at) values (:size, :root, :note, :at)
                        on conflict (size) do nothing
                        """)
                .param("size", checkpoint.size())
                .param("root", checkpoint.root())
                .param("note", checkpoint.note())
                .param("at", checkpoint.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Signed> latest() {
        return checkpoint("order by size desc limit 1", 0);
    }

    /** The first checkpoint that covers the leaf of this index. */
    Optional<Signed> covering(long index) {
        return checkpoint("where size > :size order by size limit 1", index);
    }

    List<Signed> checkpointsFrom(long size, int limit) {
        return db.sql(
                        """
                        select size, root, note, at from ledger.checkpoint
                        where size > :size order by size limit :limit
                        """)
                .param("size", size)
                .param("limit", limit)
                .query(TreeTable::signed)
                .list();
    }

    Optional<Long> indexOf(long entry) {
        return db.sql("select index from ledger.leaf where entry = :entry")
                .param("entry", entry)
                .query(Long.class)
                .optional();
    }

    private Optional<Signed> checkpoint(String which, long size) {
        return db.sql("select size, root, note, at from ledger.checkpoint " + which)
                .param("size", size)
                .query(TreeTable::signed)
                .optional();
    }

    private static Signed signed(java.sql.ResultSet rs, int number) throws java.sql.SQLException {
        return new Signed(
                rs.getLong("size"),
                rs.getBytes("root"),
                rs.getString("note"),
                rs.getObject("at", OffsetDateTime.class).toInstant());
    }
}
