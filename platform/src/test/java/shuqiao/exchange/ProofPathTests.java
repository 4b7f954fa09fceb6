package shuqiao.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import shuqiao.engine.proof.MerkleTree;
import shuqiao.engine.proof.Receipt;

class ProofPathTests {

    @Test
    void the_way_of_every_receipt_ends_at_the_root_whatever_the_size_of_the_log() {
        var leaves = new ArrayList<byte[]>();
        for (int size = 1; size <= 20; size++) {
            leaves.add(MerkleTree.leafHash(receipt(size - 1)));
            var root = HexFormat.of().formatHex(MerkleTree.root(leaves));
            for (int index = 0; index < size; index++) {
                var proof =
                        MerkleTree.inclusionProof(leaves, index).stream()
                                .map(Base64.getEncoder()::encodeToString)
                                .toList();
                var log = new Receipt.Log("log", index, "", proof);

                var last = ProofPath.of(receipt(index), log, size).boxes().getLast();

                assertThat(last.look()).isEqualTo("root");
                assertThat(root).startsWith(last.hash().substring(0, 4));
                assertThat(root).endsWith(last.hash().substring(last.hash().length() - 2));
            }
        }
    }

    private static byte[] receipt(int index) {
        return ("回执 " + index).getBytes(StandardCharsets.UTF_8);
    }
}
