package shuqiao.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MerkleTreeTest {

    /** The reference leaves and roots of Certificate Transparency. */
    private static final List<byte[]> REFERENCE =
            List.of(
                            "",
                            "00",
                            "10",
                            "2021",
                            "3031",
                            "40414243",
                            "5051525354555657",
                            "606162636465666768696a6b6c6d6e6f")
                    .stream()
                    .map(hex -> MerkleTree.leafHash(HexFormat.of().parseHex(hex)))
                    .toList();

    @ParameterizedTest
    @CsvSource({
        "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    })
    void roots_are_those_of_the_reference_tree(int size, String root) {
        assertThat(hex(MerkleTree.root(REFERENCE.subList(0, size)))).isEqualTo(root);
    }

    @Test
    void for_every_size_up_to_200_roots_and_proofs_are_those_of_the_definition() {
        var leaves = leaves(200);
        var nodes = new MemoryNodes();
        var stored = new StoredTree(nodes);
        var random = new Random(6962);
        int size = 0;
        while (size < 200) {
            int more = Math.min(1 + random.nextInt(7), 200 - size);
            stored.append(size, leaves.subList(size, size + more)).forEach(nodes::put);
            size += more;
            for (int n = size - more + 1; n <= size; n++) {
                var root = defined(leaves.subList(0, n));
                assertThat(stored.root(n)).isEqualTo(root);
                for (int i = 0; i < n; i++) {
                    var proof = stored.inclusionProof(i, n);
                    assertThat(hex(proof)).isEqualTo(hex(path(i, leaves.subList(0, n))));
                    assertThat(MerkleTree.verifyInclusion(leaves.get(i), i, n, proof, root))
                            .isTrue();
                }
            }
        }
    }

    @Test
    void for_every_pair_of_sizes_up_to_100_consistency_is_proven() {
        var leaves = leaves(100);
        var stored = stored(leaves);
        for (int n = 0; n <= 100; n++) {
            for (int m = 0; m <= n; m++) {
                var proof = stored.consistencyProof(m, n);
                assertThat(hex(proof))
                        .isEqualTo(
                                m == 0 ? List.of() : hex(subproof(m, leaves.subList(0, n), true)));
                assertThat(
                                MerkleTree.verifyConsistency(
                                        m, stored.root(m), n, stored.root(n), proof))
                        .isTrue();
            }
        }
    }

    @Test
    void an_inclusion_proof_holds_for_its_leaf_index_size_and_root_only() {
        var leaves = leaves(60);
        var stored = stored(leaves);
        var random = new Random(9162);
        for (int n = 2; n <= 60; n++) {
            int i = random.nextInt(n);
            var leaf = leaves.get(i);
            var proof = stored.inclusionProof(i, n);
            var root = stored.root(n);
            for (int j = 0; j <= n; j++) {
                if (j == i) continue;
                assertThat(MerkleTree.verifyInclusion(leaf, j, n, proof, root)).isFalse();
            }
            assertThat(MerkleTree.verifyInclusion(leaf, -1, n, proof, root)).isFalse();
            assertThat(MerkleTree.verifyInclusion(leaf, Long.MAX_VALUE, n, proof, root)).isFalse();
            assertThat(MerkleTree.verifyInclusion(changed(leaf, random), i, n, proof, root))
                    .isFalse();
            assertThat(MerkleTree.verifyInclusion(leaf, i, n, proof, changed(root, random)))
                    .isFalse();
            assertThat(MerkleTree.verifyInclusion(leaf, i, n, List.of(), root)).isFalse();
            assertThat(MerkleTree.verifyInclusion(leaf, i, n, proof.subList(1, proof.size()), root))
                    .isFalse();
            var longer = new ArrayList<>(proof);
            longer.add(root);
            assertThat(MerkleTree.verifyInclusion(leaf, i, n, longer, root)).isFalse();
            for (int k = 0; k < proof.size(); k++) {
                var other = new ArrayList<>(proof);
                other.set(k, changed(proof.get(k), random));
                assertThat(MerkleTree.verifyInclusion(leaf, i, n, other, root)).isFalse();
                other.set(k, new byte[31]);
                assertThat(MerkleTree.verifyInclusion(leaf, i, n, other, root)).isFalse();
            }
        }
    }

    @Test
    void a_consistency_proof_holds_for_its_trees_only() {
        var stored = stored(leaves(60));
        var random = new Random(9162);
        for (int n = 2; n <= 60; n++) {
            int m = 1 + random.nextInt(n - 1);
            var proof = stored.consistencyProof(m, n);
            var old = stored.root(m);
            var root = stored.root(n);
            assertThat(MerkleTree.verifyConsistency(m, changed(old, random), n, root, proof))
                    .isFalse();
            assertThat(MerkleTree.verifyConsistency(m, old, n, changed(root, random), proof))
                    .isFalse();
            assertThat(MerkleTree.verifyConsistency(n, old, m, root, proof)).isFalse();
            assertThat(MerkleTree.verifyConsistency(m, old, n, root, List.of())).isFalse();
            assertThat(MerkleTree.verifyConsistency(-1, old, n, root, proof)).isFalse();
            assertThat(MerkleTree.verifyConsistency(0, old, n, root, List.of())).isFalse();
            for (int k = 0; k < proof.size(); k++) {
                var other = new ArrayList<>(proof);
                other.set(k, changed(proof.get(k), random));
                assertThat(MerkleTree.verifyConsistency(m, old, n, root, other)).isFalse();
            }
        }
    }

    @Test
    void a_proof_in_a_tree_of_65536_leaves_reads_sixteen_nodes() {
        var nodes = new MemoryNodes();
        var leaf = MerkleTree.leafHash(new byte[0]);
        var stored = new StoredTree(nodes);
        int size = 0;
        for (int batch = 0; batch < 64; batch++) {
            var made = stored.append(size, Collections.nCopies(1 << 10, leaf));
            made.forEach(nodes::put);
            size += 1 << 10;
        }
        var reads = new ArrayList<Long>();
        var counting =
                new StoredTree((level, index) -> {
                    reads.add(index);
                    return nodes.node(level, index);
                });
        var proof = counting.inclusionProof(12_345, size);

        assertThat(proof).hasSize(16);
        assertThat(reads).hasSize(16);
        assertThat(MerkleTree.verifyInclusion(leaf, 12_345, size, proof, stored.root(size)))
                .isTrue();
    }

    private static List<byte[]> leaves(int n) {
        var leaves = new ArrayList<byte[]>();
        for (int i = 0; i < n; i++) leaves.add(MerkleTree.leafHash(new byte[] {(byte) i, 7}));
        return leaves;
    }

    private static StoredTree stored(List<byte[]> leaves) {
        var nodes = new MemoryNodes();
        var stored = new StoredTree(nodes);
        stored.append(0, leaves).forEach(nodes::put);
        return stored;
    }

    // the definitions of RFC 9162, 2.1, word by word and without any cleverness

    private static byte[] defined(List<byte[]> d) {
        if (d.isEmpty()) return MerkleTree.emptyRoot();
        if (d.size() == 1) return d.getFirst();
        int k = split(d.size());
        return MerkleTree.nodeHash(defined(d.subList(0, k)), defined(d.subList(k, d.size())));
    }

    private static List<byte[]> path(int m, List<byte[]> d) {
        if (d.size() == 1) return List.of();
        int k = split(d.size());
        var left = d.subList(0, k);
        var right = d.subList(k, d.size());
        return m < k
                ? plus(path(m, left), defined(right))
                : plus(path(m - k, right), defined(left));
    }

    private static List<byte[]> subproof(int m, List<byte[]> d, boolean b) {
        if (m == d.size()) return b ? List.of() : List.of(defined(d));
        int k = split(d.size());
        var left = d.subList(0, k);
        var right = d.subList(k, d.size());
        return m <= k
                ? plus(subproof(m, left, b), defined(right))
                : plus(subproof(m - k, right, false), defined(left));
    }

    private static int split(int n) {
        int k = 1;
        while (k * 2 < n) k *= 2;
        return k;
    }

    private static List<byte[]> plus(List<byte[]> list, byte[] last) {
        var more = new ArrayList<>(list);
        more.add(last);
        return more;
    }

    private static byte[] changed(byte[] hash, Random random) {
        var other = hash.clone();
        other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
        return other;
    }

    private static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    private static List<String> hex(List<byte[]> hashes) {
        return hashes.stream().map(MerkleTreeTest::hex).toList();
    }
}
