package shuqiao.ledger;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import shuqiao.engine.proof.CanonicalJson;
import shuqiao.engine.proof.StoredTree;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;
import shuqiao.kernel.Door;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.Trusted;
import shuqiao.kernel.Unknown;

/**
 * The memory of the platform. Hears every event in the transaction that caused it, so that an act
 * that is not recorded is rolled back; gives proofs once the sequencer has placed an entry.
 */
@Door
public class Ledger {

    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Where an entry stands in the log.
     *
     * @param origin of the log
     * @param checkpoint signed note (C2SP) whose tree holds the entry
     * @param inclusionProof hashes from the leaf up (RFC 9162)
     */
    public record Place(
            String origin, long index, long size, String checkpoint, List<byte[]> inclusionProof) {}

    private final EntryTable entries;
    private final TreeTable tree;
    private final LedgerKeys keys;
    private final Sequencer sequencer;

    Ledger(EntryTable entries, TreeTable tree, LedgerKeys keys, Sequencer sequencer) {
        this.entries = entries;
        this.tree = tree;
        this.keys = keys;
        this.sequencer = sequencer;
    }

    /** Records an event. Events are published inside transactions only; anything else is a bug. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    @Trusted("hears events of rooms; a request cannot reach it")
    public void record(DomainEvent event) {
        var by = event.by();
        var who = new LinkedHashMap<String, Object>();
        who.put("kind", by.kind().name());
        who.put("subject", by.subject());
        var organization = by.organization();
        if (organization != null) who.put("organization", organization);
        var nonce = new byte[16];
        RANDOM.nextBytes(nonce);
        var body = new LinkedHashMap<String, Object>();
        body.put("event", event.name());
        body.put("at", event.at().toString());
        body.put("by", who);
        body.put("facts", event.facts());
        // leaf hashes are public; without this a short entry could be guessed from its hash
        body.put("nonce", HexFormat.of().formatHex(nonce));
        append(event.name(), by, event.at(), CanonicalJson.bytes(body));
    }

    /**
     * Records bytes of a room's own, such as a receipt, and returns the entry to ask {@link #place}
     * for.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    @Trusted("rooms above append what they did, in their transaction")
    public long append(String kind, Actor by, Instant at, byte[] body) {
        var entry = entries.insert(kind, by, at, body);
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        sequencer.wake();
                    }
                });
        return entry;
    }

    /**
     * Where the entry stands, or empty while no checkpoint covers it; that lasts a second at most.
     */
    @Trusted("rooms complete their receipts by it; proofs are public anyway")
    public Optional<Place> place(long entry) {
        return tree.indexOf(entry).flatMap(this::placeOf);
    }

    Optional<Place> placeOf(long index) {
        if (index < 0) return Optional.empty();
        return tree.covering(index)
                .map(signed ->
                        new Place(
                                keys.origin(),
                                index,
                                signed.size(),
                                signed.note(),
                                new StoredTree(tree).inclusionProof(index, signed.size())));
    }

    /** Audit search, newest first; for the audit administrator alone. */
    public Page<LedgerEntry> search(Actor actor, LedgerEntry.Query query, Page.Request page) {
        actor.require(Role.AUDIT_ADMIN);
        return entries.search(query, page);
    }

    /** One entry; for the audit administrator alone. */
    public LedgerEntry find(Actor actor, long entry) {
        actor.require(Role.AUDIT_ADMIN);
        return entries.find(entry).orElseThrow(() -> new Unknown("ledger-entry", entry));
    }

    /** The kinds of acts that were ever recorded; for the audit administrator alone. */
    public List<String> kinds(Actor actor) {
        actor.require(Role.AUDIT_ADMIN);
        return entries.kinds();
    }

    /** The newest entries about one thing, such as {@code username=zhoumin}. */
    @Trusted("a room shows who changed a thing of its own, to those whom it shows the thing")
    public List<LedgerEntry> about(String object, int limit) {
        return entries.search(
                        LedgerEntry.Query.about(object), new Page.Request(limit, Long.MAX_VALUE))
                .items();
    }
}
