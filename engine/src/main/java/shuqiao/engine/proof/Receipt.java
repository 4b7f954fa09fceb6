package shuqiao.engine.proof;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The receipt of one delivery (回执), version {@code shuqiao/1}. What is signed and what is the leaf
 * of the log are the same bytes: everything but {@code log} and {@code signatures}, in canonical
 * JSON.
 *
 * @param resource code of the information resource
 * @param provider unified social credit code of the organization that gave
 * @param consumer unified social credit code of the organization that received
 * @param startedAt when a worker took the run, before it opened a connection
 * @param finishedAt when the swap was committed, key, indexes and verification included
 * @param rowsRead rows that the source sent
 * @param rowsWritten rows that this run stored
 * @param bytes length of the stream of tuples
 * @param notes what a reader must know of this delivery, one line each; empty for none
 * @param log place in the log; null until the sequencer has given it one
 */
public record Receipt(
        String run,
        String grant,
        String resource,
        long version,
        String provider,
        String consumer,
        String rail,
        String mode,
        Instant startedAt,
        Instant finishedAt,
        long rowsRead,
        long rowsWritten,
        long rowsRejected,
        long bytes,
        Scope scope,
        Content content,
        List<String> notes,
        @Nullable Log log,
        List<Signature> signatures) {

    public static final String VERSION = "shuqiao/1";
    public static final Set<String> RAILS = Set.of("exchange", "file", "query");
    public static final Set<String> MODES = Set.of("snapshot", "incremental", "stream");

    /** The largest number that every JSON reader keeps: 2^53 - 1. */
    public static final long NUMBER_MAX = (1L << 53) - 1;

    /** How many notes a receipt may have. */
    public static final int NOTES_MAX = 100;

    /** UTF-16 units of one note. */
    public static final int NOTE_MAX = 1_000;

    /**
     * What was granted: digest of fields, filter, masks, purpose and term in canonical JSON.
     *
     * @param maskedAt {@code source} or {@code node}
     */
    public record Scope(String digest, String maskedAt) {
        public static final Set<String> PLACES = Set.of("source", "node");

        public Scope {
            require(PLACES.contains(maskedAt), "maskedAt");
            require(!digest.isEmpty(), "scope.digest");
        }
    }

    /** What was sent. */
    public record Content(String digest, String of) {
        public Content {
            require(!digest.isEmpty() && !of.isEmpty(), "content");
        }
    }

    /**
     * @param checkpoint a signed note as one string
     * @param inclusionProof base64 hashes from the leaf up
     */
    public record Log(String origin, long index, String checkpoint, List<String> inclusionProof) {
        public Log {
            inclusionProof = List.copyOf(inclusionProof);
        }
    }

    /**
     * @param key short id in the document of public keys
     * @param value base64
     */
    public record Signature(String algorithm, String key, String value) {}

    public Receipt {
        notes = List.copyOf(notes);
        signatures = List.copyOf(signatures);
        require(notes.size() <= NOTES_MAX, "notes");
        for (var note : notes) {
            require(
                    !note.isBlank()
                            && note.length() <= NOTE_MAX
                            && note.chars().noneMatch(Character::isISOControl),
                    "notes");
        }
        for (var text : List.of(run, grant, resource, provider, consumer)) {
            require(!text.isEmpty(), "run, grant, resource, provider and consumer");
        }
        require(RAILS.contains(rail), "rail");
        require(MODES.contains(mode), "mode");
        require(!finishedAt.isBefore(startedAt), "finishedAt");
        for (long n : new long[] {version, rowsRead, rowsWritten, rowsRejected, bytes}) {
            require(n >= 0 && n <= NUMBER_MAX, "numbers");
        }
    }

    /** A receipt with nothing to note. */
    public Receipt(
            String run,
            String grant,
            String resource,
            long version,
            String provider,
            String consumer,
            String rail,
            String mode,
            Instant startedAt,
            Instant finishedAt,
            long rowsRead,
            long rowsWritten,
            long rowsRejected,
            long bytes,
            Scope scope,
            Content content,
            @Nullable Log log,
            List<Signature> signatures) {
        this(
                run,
                grant,
                resource,
                version,
                provider,
                consumer,
                rail,
                mode,
                startedAt,
                finishedAt,
                rowsRead,
                rowsWritten,
                rowsRejected,
                bytes,
                scope,
                content,
                List.of(),
                log,
                signatures);
    }

    /** The bytes that are signed, and the leaf of the log. */
    public byte[] signedBytes() {
        return CanonicalJson.bytes(signedPart());
    }

    public Receipt withSignatures(List<Signature> signatures) {
        return new Receipt(
                run,
                grant,
                resource,
                version,
                provider,
                consumer,
                rail,
                mode,
                startedAt,
                finishedAt,
                rowsRead,
                rowsWritten,
                rowsRejected,
                bytes,
                scope,
                content,
                notes,
                log,
                signatures);
    }

    public Receipt withLog(Log log) {
        return new Receipt(
                run,
                grant,
                resource,
                version,
                provider,
                consumer,
                rail,
                mode,
                startedAt,
                finishedAt,
                rowsRead,
                rowsWritten,
                rowsRejected,
                bytes,
                scope,
                content,
                notes,
                log,
                signatures);
    }

    /** Members in the order people read them. */
    Map<String, Object> signedPart() {
        var part = new LinkedHashMap<String, Object>();
        part.put("receipt", VERSION);
        part.put("run", run);
        part.put("grant", grant);
        part.put("resource", resource);
        part.put("version", version);
        part.put("provider", provider);
        part.put("consumer", consumer);
        part.put("rail", rail);
        part.put("mode", mode);
        part.put("startedAt", startedAt.toString());
        part.put("finishedAt", finishedAt.toString());
        part.put("rowsRead", rowsRead);
        part.put("rowsWritten", rowsWritten);
        part.put("rowsRejected", rowsRejected);
        part.put("bytes", bytes);
        part.put("scope", ordered("digest", scope.digest(), "maskedAt", scope.maskedAt()));
        part.put("content", ordered("digest", content.digest(), "of", content.of()));
        if (!notes.isEmpty()) part.put("notes", notes);
        return part;
    }

    Map<String, Object> all() {
        var all = signedPart();
        if (log != null) {
            var place = ordered("origin", log.origin(), "index", log.index());
            place.put("checkpoint", log.checkpoint());
            place.put("inclusionProof", log.inclusionProof());
            all.put("log", place);
        }
        if (!signatures.isEmpty()) {
            var list = new ArrayList<Map<String, Object>>();
            for (var signature : signatures) {
                var entry = ordered("algorithm", signature.algorithm(), "key", signature.key());
                entry.put("value", signature.value());
                list.add(entry);
            }
            all.put("signatures", list);
        }
        return all;
    }

    private static Map<String, Object> ordered(
            String first, Object firstValue, String second, Object secondValue) {
        var map = new LinkedHashMap<String, Object>();
        map.put(first, firstValue);
        map.put(second, secondValue);
        return map;
    }

    private static void require(boolean held, String what) {
        if (!held) throw new IllegalArgumentException("receipt: impossible " + what);
    }
}
