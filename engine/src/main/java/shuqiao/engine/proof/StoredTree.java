package shuqiao.engine.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * Root and proofs of a tree of any size, from the hashes of its complete subtrees. Since these
 * never change, a proof for an old size can be made at any later time.
 *
 * <p>Reads at most about {@code log2(size)} squared nodes and writes nothing.
 */
public final class StoredTree {

    private final NodeStore store;

    public StoredTree(NodeStore store) {
        this.store = store;
    }

    public byte[] root(long size) {
        if (size < 0) throw new IllegalArgumentException("negative size");
        return size == 0 ? MerkleTree.emptyRoot() : hash(0, size);
    }

    /** Hashes from the leaf up. */
    public List<byte[]> inclusionProof(long index, long size) {
        if (index < 0 || index >= size) throw new IllegalArgumentException("no leaf " + index);
        var proof = new ArrayList<byte[]>();
        include(index, 0, size, proof);
        return proof;
    }

    public List<byte[]> consistencyProof(long oldSize, long size) {
        if (oldSize < 0 || oldSize > size) {
            throw new IllegalArgumentException("no tree of " + oldSize + " within " + size);
        }
        var proof = new ArrayList<byte[]>();
        if (oldSize > 0) agree(oldSize, 0, size, true, proof);
        return proof;
    }

    /**
     * The complete subtrees that come into being when leaves are added to a tree of {@code size},
     * the leaves themselves included, children before parents. The caller stores them, then the
     * tree is {@code size + leafHashes.size()} large.
     */
    public List<Node> append(long size, List<byte[]> leafHashes) {
        var made = new ArrayList<Node>(leafHashes.size() * 2);
        // the last complete subtree of each level: older ones are never a left sibling again
        var last = new HashMap<Integer, byte[]>();
        long next = size;
        for (var leaf : leafHashes) {
            long index = next++;
            var hash = leaf;
            made.add(new Node(0, index, hash));
            int level = 0;
            for (; (index & 1) == 1; index >>>= 1, level++) {
                var left = last.remove(level);
                hash =
                        MerkleTree.nodeHash(
                                left == null ? store.node(level, index - 1) : left, hash);
                made.add(new Node(level + 1, index >>> 1, hash));
            }
            last.put(level, hash);
        }
        return made;
    }

    /** The root over leaves begin to end, where begin is a multiple of the left subtree's size. */
    private byte[] hash(long begin, long end) {
        long width = end - begin;
        if (Long.bitCount(width) == 1) {
            int level = Long.numberOfTrailingZeros(width);
            return store.node(level, begin >>> level);
        }
        long middle = begin + Long.highestOneBit(width);
        return MerkleTree.nodeHash(hash(begin, middle), hash(middle, end));
    }

    /** PATH of RFC 9162, 2.1.3.1. */
    private void include(long index, long begin, long end, List<byte[]> proof) {
        if (end - begin == 1) return;
        long middle = begin + split(end - begin);
        if (index < middle) {
            include(index, begin, middle, proof);
            proof.add(hash(middle, end));
        } else {
            include(index, middle, end, proof);
            proof.add(hash(begin, middle));
        }
    }

    /** SUBPROOF of RFC 9162, 2.1.4.1. */
    private void agree(long oldEnd, long begin, long end, boolean known, List<byte[]> proof) {
        if (oldEnd == end) {
            if (!known) proof.add(hash(begin, end));
            return;
        }
        long middle = begin + split(end - begin);
        if (oldEnd <= middle) {
            agree(oldEnd, begin, middle, known, proof);
            proof.add(hash(middle, end));
        } else {
            agree(oldEnd, middle, end, false, proof);
            proof.add(hash(begin, middle));
        }
    }

    /** The largest power of two smaller than the width. */
    private static long split(long width) {
        return Long.highestOneBit(width - 1);
    }
}
