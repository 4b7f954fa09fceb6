package shuqiao.engine.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The private keys of one home, one for each algorithm, and the document of public keys beside
 * them. Keys are kept as base64 in files of mode 0600; nothing prints them.
 */
public final class SigningKeys {

    private static final int PRIVATE_BYTES = 32;

    private record Pair(Algorithm.Signer secret, PublicKeys.PublicKey open) {
        byte[] sign(byte[] message) {
            return secret.sign(message);
        }
    }

    private final PublicKeys publicKeys;
    private final List<Pair> pairs;

    private SigningKeys(PublicKeys publicKeys, List<Pair> pairs) {
        this.publicKeys = publicKeys;
        this.pairs = List.copyOf(pairs);
    }

    /**
     * Reads the keys of a folder, making what is missing. The origin is fixed when the folder is
     * new; later the one in {@code public.json} stays, since every checkpoint carries it. A public
     * key that is only in {@code public.json}, of a pair since replaced, stays trusted.
     */
    public static SigningKeys open(Path folder, String newOrigin) throws IOException {
        PrivateFile.createFolder(folder);
        var document = folder.resolve("public.json");
        var origin = newOrigin;
        var known = new ArrayList<PublicKeys.PublicKey>();
        if (Files.exists(document)) {
            var before = PublicKeys.parse(Files.readString(document));
            origin = before.origin();
            known.addAll(before.keys());
        }
        var pairs = new ArrayList<Pair>();
        for (var algorithm : Algorithm.values()) {
            var file = folder.resolve(algorithm.name().toLowerCase(Locale.ROOT) + ".key");
            if (!Files.exists(file)) PrivateFile.writeSecret(file, algorithm.newPrivateKey());
            var privateKey = PrivateFile.readSecret(file, PRIVATE_BYTES);
            var key = publicKey(algorithm, privateKey, origin);
            pairs.add(new Pair(algorithm.signer(privateKey), key));
            if (known.stream().noneMatch(k -> k.id().equals(key.id()))) known.add(key);
        }
        var publicKeys = new PublicKeys(origin, known);
        var json = publicKeys.json();
        if (!Files.exists(document) || !Files.readString(document).equals(json)) {
            PrivateFile.writePublic(document, json);
        }
        return new SigningKeys(publicKeys, pairs);
    }

    /** What may be given to everyone. */
    public PublicKeys publicKeys() {
        return publicKeys;
    }

    public String origin() {
        return publicKeys.origin();
    }

    /** A signature by each key over the same bytes. */
    public List<Receipt.Signature> sign(byte[] message) {
        return pairs.stream()
                .map(pair ->
                        new Receipt.Signature(
                                pair.open().algorithm().title(),
                                pair.open().id(),
                                StrictBase64.text(pair.sign(message))))
                .toList();
    }

    /** The checkpoint as a signed note with a line by each key, Ed25519 first. */
    public SignedNote sign(Checkpoint checkpoint) {
        var text = checkpoint.text();
        var message = text.getBytes(StandardCharsets.UTF_8);
        var note = new SignedNote(text, List.of());
        for (var pair : pairs) {
            note =
                    note.with(
                            new SignedNote.Line(
                                    pair.open().noteName(),
                                    pair.open().noteKeyId(),
                                    pair.sign(message)));
        }
        return note;
    }

    private static PublicKeys.PublicKey publicKey(
            Algorithm algorithm, byte[] privateKey, String origin) {
        var publicKey = algorithm.publicKey(privateKey);
        return new PublicKeys.PublicKey(
                algorithm.keyId(publicKey),
                algorithm,
                publicKey,
                List.of(PublicKeys.RECEIPT, PublicKeys.CHECKPOINT),
                origin);
    }
}
