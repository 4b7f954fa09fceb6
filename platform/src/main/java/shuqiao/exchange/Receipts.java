package shuqiao.exchange;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import shuqiao.engine.proof.MerkleTree;
import shuqiao.engine.proof.Receipt;
import shuqiao.engine.proof.ReceiptJson;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.Trusted;
import shuqiao.ledger.Ledger;
import shuqiao.ledger.LedgerKeys;
import shuqiao.sharing.Grant;

/** Receipts of runs: written once, signed, completed by their place in the log. */
@Door
public class Receipts {

    private static final Duration PLACE_WAIT_MAX = Duration.ofSeconds(3);
    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

    private static final Duration PLACE_POLL = Duration.ofMillis(25);

    private final RunTable runs;
    private final Ledger ledger;
    private final LedgerKeys keys;

    Receipts(RunTable runs, Ledger ledger, LedgerKeys keys) {
        this.runs = runs;
        this.ledger = ledger;
        this.keys = keys;
    }

    /** Signed, not yet placed. */
    Receipt of(Lease lease, Grant grant, Outcome result) {
        var run = lease.run();
        var unsigned =
                new Receipt(
                        run.id(),
                        grant.number(),
                        run.code(),
                        run.version(),
                        run.provider(),
                        run.consumer(),
                        run.rail(),
                        "snapshot",
                        millis(lease.since()),
                        millis(result.finishedAt()),
                        result.rowsRead(),
                        result.rowsWritten(),
                        0,
                        result.bytes(),
                        new Receipt.Scope(grant.scope().digest(), "source"),
                        new Receipt.Content("sha256:" + result.sha256(), result.of()),
                        ReceiptNotes.fit(
                                Stream.concat(result.notes().stream(), result.words().stream())
                                        .toList()),
                        null,
                        List.of());
        return unsigned.withSignatures(keys.sign(unsigned));
    }

    String print(Receipt receipt) {
        return ReceiptJson.print(receipt);
    }

    /**
     * The whole receipt, as JSON text. A run that has just been delivered gets its place in the log
     * within a second; we wait for that.
     */
    @Trusted("the caller has looked whether the actor may see the run")
    String whole(String run) {
        var stored =
                runs.receipt(run)
                        .orElseThrow(
                                () -> new Conflict("exchange:no-receipt-yet", java.util.Map.of()));
        var deadline = System.nanoTime() + PLACE_WAIT_MAX.toNanos();
        while (true) {
            var place = ledger.place(stored.entry());
            if (place.isPresent()) return print(placed(stored.receipt(), place.get()));
            if (System.nanoTime() > deadline)
                throw new Conflict("exchange:no-receipt-yet", java.util.Map.of());
            try {
                Thread.sleep(PLACE_POLL);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new Conflict("exchange:no-receipt-yet", java.util.Map.of());
            }
        }
    }

    /**
     * What anybody may know of a receipt whose id he has, from the paper or its code: hashes.
     *
     * @param leaf SHA-256 of the leaf (RFC 9162), in hex
     */
    record Standing(String origin, long index, String leaf, String checkpoint) {}

    /** Empty for what has no receipt in the log, for whatever reason. */
    @Trusted("tells hashes that are public, to who has the id, which cannot be guessed")
    Optional<Standing> standing(String run) {
        if (!ID.matcher(run).matches()) return Optional.empty();
        return runs.receipt(run)
                .flatMap(stored ->
                        ledger.place(stored.entry())
                                .map(place ->
                                        new Standing(
                                                place.origin(),
                                                place.index(),
                                                leaf(stored.receipt()),
                                                place.checkpoint())));
    }

    private static String leaf(String receipt) {
        return HexFormat.of()
                .formatHex(MerkleTree.leafHash(ReceiptJson.parse(receipt).signedBytes()));
    }

    /** For those who may see the run. */
    public String whole(Actor actor, Run run) {
        return whole(run.id());
    }

    private static Receipt placed(String receipt, Ledger.Place place) {
        return ReceiptJson.parse(receipt)
                .withLog(
                        new Receipt.Log(
                                place.origin(),
                                place.index(),
                                place.checkpoint(),
                                place.inclusionProof().stream()
                                        .map(Base64.getEncoder()::encodeToString)
                                        .toList()));
    }

    private static Instant millis(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS);
    }
}
