package shuqiao.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.springframework.stereotype.Component;
import shuqiao.engine.embedded.Home;
import shuqiao.engine.proof.Checkpoint;
import shuqiao.engine.proof.PublicKeys;
import shuqiao.engine.proof.Receipt;
import shuqiao.engine.proof.ReceiptSigner;
import shuqiao.engine.proof.SignedNote;
import shuqiao.engine.proof.SigningKeys;
import shuqiao.kernel.SecretFile;

/** The keys that sign receipts and checkpoints; they live in {@code HOME/keys}. */
@Component
public class LedgerKeys {

    private final SigningKeys keys;

    LedgerKeys(Home home) {
        try {
            // one log, one name, wherever it is served from
            keys =
                    SigningKeys.open(
                            home.keys(),
                            "shuqiao-"
                                    + SecretFile.random(10).toLowerCase(java.util.Locale.ROOT)
                                    + "/ledger");
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    public String origin() {
        return keys.origin();
    }

    public PublicKeys publicKeys() {
        return keys.publicKeys();
    }

    /** Signs a receipt with every algorithm. */
    public List<Receipt.Signature> sign(Receipt receipt) {
        return new ReceiptSigner(keys).sign(receipt).signatures();
    }

    SignedNote sign(Checkpoint checkpoint) {
        return keys.sign(checkpoint);
    }
}
