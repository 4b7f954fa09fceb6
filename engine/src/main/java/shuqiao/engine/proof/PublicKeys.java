package shuqiao.engine.proof;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * The keys that a reader trusts: the document at {@code /.well-known/shuqiao-keys.json} and {@code
 * HOME/keys/public.json}.
 *
 * @param origin name of the log, the first line of its checkpoints
 */
public record PublicKeys(String origin, List<PublicKey> keys) {

    /** For the signature of a receipt. */
    public static final String RECEIPT = "receipt";

    /** For the signature of a checkpoint. */
    public static final String CHECKPOINT = "checkpoint";

    /**
     * One trusted key.
     *
     * @param id short fingerprint that receipts name the key by
     * @param use {@link #RECEIPT}, {@link #CHECKPOINT} or both
     * @param noteName name of the key in signed notes
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by id, which is its fingerprint
    public record PublicKey(
            String id, Algorithm algorithm, byte[] publicKey, List<String> use, String noteName) {
        public PublicKey {
            use = List.copyOf(use);
            if (!algorithm.isPublicKey(publicKey)) {
                throw new IllegalArgumentException("no " + algorithm.title() + " key: " + id);
            }
            if (!algorithm.keyId(publicKey).equals(id)) {
                throw new IllegalArgumentException("id does not belong to its key: " + id);
            }
            SignedNote.checkName(noteName);
        }

        boolean verify(byte[] message, byte[] signature) {
            return algorithm.verify(publicKey, message, signature);
        }

        byte[] noteKeyId() {
            return algorithm.noteKeyId(noteName, publicKey);
        }
    }

    public PublicKeys {
        keys = List.copyOf(keys);
        Checkpoint.checkOrigin(origin);
        if (keys.isEmpty()) throw new IllegalArgumentException("no keys");
        if (keys.stream().map(PublicKey::id).distinct().count() != keys.size()) {
            throw new IllegalArgumentException("a key is listed twice");
        }
    }

    public Optional<PublicKey> find(String id, String use) {
        return keys.stream().filter(k -> k.id().equals(id) && k.use().contains(use)).findFirst();
    }

    public List<PublicKey> forUse(String use) {
        return keys.stream().filter(key -> key.use().contains(use)).toList();
    }

    /** The document, indented for people. */
    public String json() {
        var document = new LinkedHashMap<String, Object>();
        document.put("shuqiao-keys", 1);
        document.put("origin", origin);
        document.put("keys", keys.stream().map(PublicKeys::entry).toList());
        return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
    }

    /**
     * @throws IllegalArgumentException when this is no key document
     */
    public static PublicKeys parse(String json) {
        try {
            var members = Members.of(Json.MAPPER.readTree(json), "");
            if (members.number("shuqiao-keys") != 1) {
                throw new IllegalArgumentException("unknown version of the key document");
            }
            var keys = new ArrayList<PublicKey>();
            for (var entry : members.objects("keys")) {
                var algorithm = Algorithm.find(entry.text("algorithm"));
                // a later version may add algorithms: what is not known is not trusted
                if (algorithm.isEmpty()) continue;
                keys.add(
                        new PublicKey(
                                entry.text("id"),
                                algorithm.get(),
                                StrictBase64.bytes(entry.text("publicKey"))
                                        .orElseThrow(() ->
                                                new IllegalArgumentException(
                                                        "publicKey is no base64")),
                                entry.texts("use"),
                                entry.text("noteName")));
            }
            return new PublicKeys(members.text("origin"), keys);
        } catch (JacksonException notJson) {
            throw new IllegalArgumentException("the key document is no JSON", notJson);
        }
    }

    private static Map<String, Object> entry(PublicKey key) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("id", key.id());
        entry.put("algorithm", key.algorithm().title());
        entry.put("publicKey", StrictBase64.text(key.publicKey()));
        entry.put("use", key.use());
        entry.put("noteName", key.noteName());
        return entry;
    }
}
