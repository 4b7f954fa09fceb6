package shuqiao.engine.proof;

import java.util.List;

/**
 * Completes a receipt in the two steps in which it comes to be: signatures, then its place in the
 * log.
 */
public final class ReceiptSigner {

    private final SigningKeys keys;

    public ReceiptSigner(SigningKeys keys) {
        this.keys = keys;
    }

    /** With a signature by every key of this home in place of those it had. */
    public Receipt sign(Receipt receipt) {
        return receipt.withSignatures(keys.sign(receipt.signedBytes()));
    }

    /**
     * With its place in the log.
     *
     * @param checkpoint signed note of a tree that contains the index
     * @param inclusionProof hashes from the leaf up, for the size of that checkpoint
     */
    public Receipt place(
            Receipt receipt, long index, SignedNote checkpoint, List<byte[]> inclusionProof) {
        return receipt.withLog(
                new Receipt.Log(
                        keys.origin(),
                        index,
                        checkpoint.print(),
                        inclusionProof.stream().map(StrictBase64::text).toList()));
    }
}
