package shuqiao.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import shuqiao.engine.proof.Checkpoint;
import shuqiao.engine.proof.MemoryNodes;
import shuqiao.engine.proof.MerkleTree;
import shuqiao.engine.proof.Node;
import shuqiao.engine.proof.PublicKeys;
import shuqiao.engine.proof.SignedNote;
import shuqiao.engine.proof.StoredTree;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Door;
import shuqiao.kernel.Role;

/**
 * Computes the whole log anew from the entries and compares it with what is stored and signed: one
 * byte changed in the database is found, and where.
 */
@Door
public class LedgerCheck {

    private static final int BATCH = 5_000;

    /**
     * @param entries how many were computed anew
     * @param checkpoints how many signed states were compared
     * @param firstWrong what does not agree, or null when all does: {@code leaf 17}, {@code
     *     checkpoint 40}
     */
    public record Result(long entries, long checkpoints, @Nullable String firstWrong) {
        public boolean agrees() {
            return firstWrong == null;
        }
    }

    private final EntryTable entries;
    private final TreeTable tree;
    private final LedgerKeys keys;

    LedgerCheck(EntryTable entries, TreeTable tree, LedgerKeys keys) {
        this.entries = entries;
        this.tree = tree;
        this.keys = keys;
    }

    /** For the audit administrator. Reads everything once; memory grows by 64 bytes an entry. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Result run(Actor actor) {
        actor.require(Role.AUDIT_ADMIN);
        var size = tree.size();
        var anew = new MemoryNodes();
        var computed = new StoredTree(anew);
        long done = 0;
        while (done < size) {
            var hashes = new ArrayList<byte[]>();
            for (var entry : entries.placed(done, BATCH)) {
                if (entry.id() != done + hashes.size())
                    return wrong(done, 0, "leaf", done + hashes.size());
                hashes.add(MerkleTree.leafHash(entry.body()));
            }
            if (hashes.isEmpty()) return wrong(done, 0, "leaf", done);
            var nodes = computed.append(done, hashes);
            nodes.forEach(anew::put);
            var differs = firstDifference(nodes);
            if (differs != null)
                return wrong(done, 0, differs.level() == 0 ? "leaf" : "node", differs.index());
            done += hashes.size();
        }
        return compareCheckpoints(size, computed);
    }

    private Result compareCheckpoints(long size, StoredTree computed) {
        long checkpoints = 0;
        long last = 0;
        List<TreeTable.Signed> batch;
        while (!(batch = tree.checkpointsFrom(last, BATCH)).isEmpty()) {
            for (var signed : batch) {
                if (signed.size() > size || !holds(signed, computed))
                    return wrong(size, checkpoints, "checkpoint", signed.size());
                checkpoints++;
                last = signed.size();
            }
        }
        return new Result(size, checkpoints, null);
    }

    private boolean holds(TreeTable.Signed signed, StoredTree computed) {
        try {
            var note = SignedNote.parse(signed.note());
            var checkpoint = Checkpoint.parse(note.text());
            return note.isSignedBy(keys.publicKeys().forUse(PublicKeys.CHECKPOINT))
                    && checkpoint.origin().equals(keys.origin())
                    && checkpoint.size() == signed.size()
                    && Arrays.equals(checkpoint.root(), signed.root())
                    && Arrays.equals(checkpoint.root(), computed.root(signed.size()));
        } catch (IllegalArgumentException damaged) {
            return false;
        }
    }

    /** New nodes of one level follow each other, so each level is read in one query. */
    private @Nullable Node firstDifference(List<Node> nodes) {
        var levels =
                nodes.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Node::level, TreeMap::new, Collectors.toList()));
        for (var level : levels.entrySet()) {
            var expected = level.getValue();
            var stored = tree.nodes(level.getKey(), expected.getFirst().index(), expected.size());
            for (int i = 0; i < expected.size(); i++)
                if (i >= stored.size() || !Arrays.equals(expected.get(i).hash(), stored.get(i)))
                    return expected.get(i);
        }
        return null;
    }

    private static Result wrong(long entries, long checkpoints, String what, long where) {
        return new Result(entries, checkpoints, what + " " + where);
    }
}
