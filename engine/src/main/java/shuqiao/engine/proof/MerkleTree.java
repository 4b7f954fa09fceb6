package shuqiao.engine.proof;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/**
 * The Merkle tree of RFC 6962 and RFC 9162, section 2.1, with SHA-256: hashing and verifying. What
 * needs stored nodes is in {@link StoredTree}.
 */
public final class MerkleTree {

    public static final int HASH_BYTES = 32;

    private MerkleTree() {}

    /** SHA-256(0x00 ‖ entry). */
    public static byte[] leafHash(byte[] entry) {
        var sha = sha256();
        sha.update((byte) 0);
        return sha.digest(entry);
    }

    /** SHA-256(0x01 ‖ left ‖ right). */
    public static byte[] nodeHash(byte[] left, byte[] right) {
        var sha = sha256();
        sha.update((byte) 1);
        sha.update(left);
        return sha.digest(right);
    }

    /** The root of the tree without leaves: SHA-256 of nothing. */
    public static byte[] emptyRoot() {
        return sha256().digest();
    }

    public static byte[] root(List<byte[]> leafHashes) {
        return memory(leafHashes).root(leafHashes.size());
    }

    /** Hashes from the leaf up (RFC 9162, 2.1.3.1). */
    public static List<byte[]> inclusionProof(List<byte[]> leafHashes, long index) {
        return memory(leafHashes).inclusionProof(index, leafHashes.size());
    }

    /** RFC 9162, 2.1.4.1: that the first {@code oldSize} leaves are the old tree. */
    public static List<byte[]> consistencyProof(List<byte[]> leafHashes, long oldSize) {
        return memory(leafHashes).consistencyProof(oldSize, leafHashes.size());
    }

    /** RFC 9162, 2.1.3.2. False for anything that is no proof, never an exception. */
    public static boolean verifyInclusion(
            byte[] leafHash, long index, long size, List<byte[]> proof, byte[] root) {
        if (index < 0 || index >= size || leafHash.length != HASH_BYTES || !areHashes(proof)) {
            return false;
        }
        long fn = index;
        long sn = size - 1;
        var r = leafHash;
        for (var p : proof) {
            if (sn == 0) return false;
            if (isOdd(fn) || fn == sn) {
                r = nodeHash(p, r);
                while (!isOdd(fn) && fn != 0) {
                    fn >>>= 1;
                    sn >>>= 1;
                }
            } else {
                r = nodeHash(r, p);
            }
            fn >>>= 1;
            sn >>>= 1;
        }
        return sn == 0 && MessageDigest.isEqual(r, root);
    }

    /** RFC 9162, 2.1.4.2. The tree without leaves is the beginning of every tree. */
    public static boolean verifyConsistency(
            long oldSize, byte[] oldRoot, long size, byte[] root, List<byte[]> proof) {
        if (oldSize < 0 || oldSize > size || !areHashes(proof)) return false;
        if (oldSize == 0) return proof.isEmpty() && Arrays.equals(oldRoot, emptyRoot());
        if (oldSize == size) return proof.isEmpty() && Arrays.equals(oldRoot, root);
        boolean whole = Long.bitCount(oldSize) == 1;
        if (!whole && proof.isEmpty()) return false;

        int shift = Long.numberOfTrailingZeros(oldSize);
        long fn = (oldSize - 1) >>> shift;
        long sn = (size - 1) >>> shift;
        var fr = whole ? oldRoot : proof.getFirst();
        var sr = fr;
        for (var c : whole ? proof : proof.subList(1, proof.size())) {
            if (sn == 0) return false;
            if (isOdd(fn) || fn == sn) {
                fr = nodeHash(c, fr);
                sr = nodeHash(c, sr);
                while (!isOdd(fn) && fn != 0) {
                    fn >>>= 1;
                    sn >>>= 1;
                }
            } else {
                sr = nodeHash(sr, c);
            }
            fn >>>= 1;
            sn >>>= 1;
        }
        return sn == 0 && Arrays.equals(fr, oldRoot) && Arrays.equals(sr, root);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static boolean isOdd(long n) {
        return (n & 1) == 1;
    }

    private static boolean areHashes(List<byte[]> proof) {
        return proof.size() <= 64 && proof.stream().allMatch(hash -> hash.length == HASH_BYTES);
    }

    private static StoredTree memory(List<byte[]> leafHashes) {
        var nodes = new MemoryNodes();
        new StoredTree(nodes).append(0, leafHashes).forEach(nodes::put);
        return new StoredTree(nodes);
    }
}
