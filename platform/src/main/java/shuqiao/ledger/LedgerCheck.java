package shuqiao.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.engine.proof.Checkpoint;
import shuqiao.engine.proof.MerkleTree;
import shuqiao.engine.proof.Node;
import shuqiao.engine.proof.PublicKeys;
import shuqiao.engine.proof.SignedNote;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
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

    /** One computation answers all that ask while it runs and for so long afterwards. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    /** A request waits for it no longer. */
    private static final Duration WAIT_MAX = Duration.ofSeconds(60);

    private final EntryTable entries;
    private final TreeTable tree;
    private final LedgerKeys keys;
    private final TransactionTemplate snapshot;
    private final InstantSource clock;
    private @Nullable CompletableFuture<Result> current;
    private volatile Instant ended = Instant.EPOCH;

    LedgerCheck(
            EntryTable entries,
            TreeTable tree,
            LedgerKeys keys,
            PlatformTransactionManager transactions,
            InstantSource clock) {
        this.entries = entries;
        this.tree = tree;
        this.keys = keys;
        this.clock = clock;
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setReadOnly(true);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /**
     * For the audit administrator, as often as somebody asks: one computation at a time, on a
     * thread of its own, whose result is kept for a minute.
     *
     * @throws Conflict when it takes longer than a minute; it goes on
     */
    public Result verify(Actor actor) {
        actor.require(Role.AUDIT_ADMIN);
        try {
            return shared(actor).get(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException goesOn) {
            throw new Conflict("ledger:still-verifying", Map.of());
        } catch (ExecutionException broke) {
            if (broke.getCause() instanceof RuntimeException cause) throw cause;
            throw new IllegalStateException(broke.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Conflict("ledger:still-verifying", Map.of());
        }
    }

    private synchronized CompletableFuture<Result> shared(Actor actor) {
        var now = clock.instant();
        var last = current;
        if (last != null
                && (!last.isDone()
                        || !last.isCompletedExceptionally()
                                && !ended.isAfter(now)
                                && ended.plus(KEPT).isAfter(now))) return last;
        var next = new CompletableFuture<Result>();
        current = next;
        Thread.ofPlatform()
                .name("ledger check")
                .daemon()
                .start(() -> {
                    try {
                        var result = run(actor);
                        ended = clock.instant();
                        next.complete(result);
                    } catch (RuntimeException | Error broke) {
                        next.completeExceptionally(broke);
                    }
                });
        return next;
    }

    /**
     * Computes now, for the audit administrator. Reads everything once, in the order of the log;
     * memory does not grow with it.
     */
    public Result run(Actor actor) {
        actor.require(Role.AUDIT_ADMIN);
        return Objects.requireNonNull(snapshot.execute(_ -> compute()));
    }

    private Result compute() {
        var size = tree.size();
        var anew = new Growing();
        var signed = new ArrayDeque<>(tree.checkpointsFrom(0, BATCH));
        long checkpoints = 0;
        while (anew.size() < size) {
            var done = anew.size();
            var nodes = new ArrayList<Node>();
            var compared = 0;
            TreeTable.@Nullable Signed differing = null;
            for (var entry : entries.placed(done, BATCH)) {
                if (entry.id() != anew.size()) return wrong(done, checkpoints, "leaf", anew.size());
                anew.add(MerkleTree.leafHash(entry.body()), nodes);
                while (!signed.isEmpty() && signed.getFirst().size() <= anew.size()) {
                    var it = signed.removeFirst();
                    if (!holds(it, anew) && differing == null) differing = it;
                    compared++;
                    if (signed.isEmpty()) signed.addAll(tree.checkpointsFrom(it.size(), BATCH));
                }
            }
            if (anew.size() == done) return wrong(done, checkpoints, "leaf", done);
            var differs = firstDifference(nodes);
            if (differs != null)
                return wrong(
                        done, checkpoints, differs.level() == 0 ? "leaf" : "node", differs.index());
            if (differing != null)
                return wrong(anew.size(), checkpoints, "checkpoint", differing.size());
            checkpoints += compared;
        }
        if (!signed.isEmpty())
            return wrong(size, checkpoints, "checkpoint", signed.getFirst().size());
        return new Result(size, checkpoints, null);
    }

    /** A tree that grows leaf by leaf and remembers its complete subtrees' roots alone. */
    private static final class Growing {
        private final TreeMap<Integer, byte[]> peaks = new TreeMap<>();
        private long size;

        long size() {
            return size;
        }

        void add(byte[] leaf, List<Node> made) {
            var index = size++;
            var hash = leaf;
            made.add(new Node(0, index, hash));
            var level = 0;
            for (; (index & 1) == 1; index >>>= 1, level++) {
                hash = MerkleTree.nodeHash(Objects.requireNonNull(peaks.remove(level)), hash);
                made.add(new Node(level + 1, index >>> 1, hash));
            }
            peaks.put(level, hash);
        }

        /** RFC 9162, 2.1.1: from the smallest subtree, which is the last, to the largest. */
        byte[] root() {
            byte @Nullable [] root = null;
            for (var peak : peaks.values())
                root = root == null ? peak : MerkleTree.nodeHash(peak, root);
            return root == null ? MerkleTree.emptyRoot() : root;
        }
    }

    private boolean holds(TreeTable.Signed signed, Growing computed) {
        try {
            var note = SignedNote.parse(signed.note());
            var checkpoint = Checkpoint.parse(note.text());
            return note.isSignedBy(keys.publicKeys().forUse(PublicKeys.CHECKPOINT))
                    && checkpoint.origin().equals(keys.origin())
                    && checkpoint.size() == signed.size()
                    && Arrays.equals(checkpoint.root(), signed.root())
                    && computed.size() == signed.size()
                    && Arrays.equals(checkpoint.root(), computed.root());
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
