package shuqiao.engine.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A small log with one real receipt in it. */
record Samples(SigningKeys keys, Receipt receipt) {

    static final String ORIGIN = "ledger.yunze.example/shuqiao";
    static final int SIZE = 13;
    static final int INDEX = 6;

    String json() {
        return ReceiptJson.print(receipt);
    }

    PublicKeys trusted() {
        return keys.publicKeys();
    }

    static Samples in(Path folder) {
        return in(folder, unsigned());
    }

    /** Of a receipt with notes. */
    static Samples in(Path folder, List<String> notes) {
        return in(folder, unsigned(2, notes));
    }

    /** Of a delivery that rejected so many rows. */
    static Samples in(Path folder, long rowsRejected) {
        return in(folder, unsigned(rowsRejected, List.of()));
    }

    private static Samples in(Path folder, Receipt unsigned) {
        try {
            var keys = SigningKeys.open(folder, ORIGIN);
            var signer = new ReceiptSigner(keys);
            var signed = signer.sign(unsigned);
            var leaves = leaves(signed);
            var checkpoint = keys.sign(new Checkpoint(ORIGIN, SIZE, MerkleTree.root(leaves)));
            return new Samples(
                    keys,
                    signer.place(
                            signed, INDEX, checkpoint, MerkleTree.inclusionProof(leaves, INDEX)));
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    static List<byte[]> leaves(Receipt receipt) {
        var leaves = new ArrayList<byte[]>();
        for (int i = 0; i < SIZE; i++) {
            leaves.add(MerkleTree.leafHash(("其他" + i).getBytes(StandardCharsets.UTF_8)));
        }
        leaves.set(INDEX, MerkleTree.leafHash(receipt.signedBytes()));
        return leaves;
    }

    static Receipt unsigned() {
        return unsigned(2, List.of());
    }

    private static Receipt unsigned(long rowsRejected, List<String> notes) {
        return new Receipt(
                "run-1",
                "grant-1",
                "3070210103/000001",
                3,
                "112114000A1B2C3D83",
                "112111000A1B2C3D8K",
                "exchange",
                "snapshot",
                Instant.parse("2026-11-20T01:02:03.456Z"),
                Instant.parse("2026-11-20T01:02:09Z"),
                1_000,
                998,
                rowsRejected,
                123_456,
                new Receipt.Scope("sha256:" + "ab".repeat(32), "source"),
                new Receipt.Content(
                        "sha256:" + "cd".repeat(32),
                        "pg-binary-tuples; masked; order of delivery; 2 parts"),
                notes,
                null,
                List.of());
    }
}
