package shuqiao.engine.proof;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import shuqiao.engine.proof.Verdict.Check;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks a receipt with nothing but itself and the keys that the reader trusts; a key inside the
 * receipt is never used. Whatever is fed in, the answer is a verdict.
 */
public final class ReceiptVerifier {

    private final PublicKeys trusted;
    private final List<Check> checks = new ArrayList<>();

    private ReceiptVerifier(PublicKeys trusted) {
        this.trusted = trusted;
    }

    public static Verdict verify(String json, PublicKeys trusted) {
        var verifier = new ReceiptVerifier(trusted);
        verifier.check(json);
        return new Verdict(verifier.checks);
    }

    private void check(String json) {
        JsonNode node;
        Receipt receipt;
        byte[] signed;
        try {
            node = ReceiptJson.tree(json);
        } catch (InvalidReceipt wrong) {
            fail("shape", "不是回执：" + wrong.chinese(), "no receipt: " + wrong.english());
            return;
        } catch (JacksonException notJson) {
            fail("json", "不是合法的 JSON，或有重复的字段", "no well-formed JSON, or a member stands twice");
            return;
        }
        try {
            receipt = ReceiptJson.read(node);
            signed = CanonicalJson.bytes(signedPart(node));
        } catch (InvalidReceipt wrong) {
            fail("shape", "不是回执：" + wrong.chinese(), "no receipt: " + wrong.english());
            return;
        } catch (IllegalArgumentException wrong) {
            fail("shape", "不是回执：有无法规范化的内容", "no receipt: " + wrong.getMessage());
            return;
        }
        pass("shape", "是一份 " + Receipt.VERSION + " 回执", "a receipt of " + Receipt.VERSION);
        checkSignatures(receipt.signatures(), signed);
        var log = receipt.log();
        if (log == null) {
            fail("log", "回执没有入账证明（log）", "the receipt has no place in the log");
        } else {
            checkLog(log, MerkleTree.leafHash(signed));
        }
    }

    private static JsonNode signedPart(JsonNode receipt) {
        return ((ObjectNode) receipt.deepCopy()).remove(List.of("log", "signatures"));
    }

    private void checkSignatures(List<Receipt.Signature> signatures, byte[] signed) {
        if (signatures.isEmpty()) {
            fail("signatures", "回执没有签名", "the receipt has no signature");
            return;
        }
        Set<String> seen = new HashSet<>();
        Set<Algorithm> signing = EnumSet.noneOf(Algorithm.class);
        for (var signature : signatures) {
            var key =
                    trusted.find(signature.key(), PublicKeys.RECEIPT)
                            .filter(k -> k.algorithm().title().equals(signature.algorithm()));
            if (key.isEmpty()) {
                fail(
                        "signatures",
                        "有签名不是由可信公钥文件中的密钥作出",
                        "a signature names a key that is not among the trusted ones");
                return;
            }
            var value = StrictBase64.bytes(signature.value());
            var algorithm = key.get().algorithm().title();
            if (value.isEmpty() || !key.get().verify(signed, value.get())) {
                fail(
                        "signatures",
                        algorithm + " 签名与内容不符：回执被改动过",
                        "the " + algorithm + " signature is not of this content");
                return;
            }
            if (!seen.add(signature.key())) {
                fail("signatures", "同一密钥签名两次", "one key signs twice");
                return;
            }
            signing.add(key.get().algorithm());
        }
        var missing = missing(signing, PublicKeys.RECEIPT);
        if (!missing.isEmpty()) {
            fail(
                    "signatures",
                    "缺少 %s 的签名：公钥文件中有这样的密钥，回执的这个签名被去掉了".formatted(missing),
                    "the signature by %s is missing: the key document has such a key, so it was taken away"
                            .formatted(missing));
            return;
        }
        pass(
                "signatures",
                "%d 个签名全部有效".formatted(signatures.size()),
                "all %d signatures are valid".formatted(signatures.size()));
    }

    /**
     * The algorithms of the trusted keys for a use by which nobody signed. Of several keys of one
     * algorithm, one is enough: the others were replaced, or came later.
     */
    private String missing(Set<Algorithm> signing, String use) {
        return trusted.forUse(use).stream()
                .map(PublicKeys.PublicKey::algorithm)
                .filter(algorithm -> !signing.contains(algorithm))
                .distinct()
                .map(Algorithm::title)
                .collect(Collectors.joining(", "));
    }

    private void checkLog(Receipt.Log log, byte[] leafHash) {
        SignedNote note;
        Checkpoint checkpoint;
        try {
            note = SignedNote.parse(log.checkpoint());
            checkpoint = Checkpoint.parse(note.text());
        } catch (IllegalArgumentException wrong) {
            fail("checkpoint", "检查点格式不对", "the checkpoint is not well-formed");
            return;
        }
        checkLines(note, checkpoint.size());
        report(
                checkpoint.origin().equals(trusted.origin())
                        && log.origin().equals(checkpoint.origin()),
                "origin",
                "账本是公钥文件所指的账本",
                "the log is the one that the key document names",
                "账本名称（origin）与检查点或公钥文件不一致",
                "receipt, checkpoint and key document name different logs");
        boolean inside = log.index() < checkpoint.size();
        report(
                inside,
                "index",
                "序号 " + log.index() + " 在检查点之内",
                "index " + log.index() + " lies within the checkpoint",
                "序号 " + log.index() + " 不可能：检查点只有 " + checkpoint.size() + " 条",
                "index %d is impossible: the checkpoint has %d entries"
                        .formatted(log.index(), checkpoint.size()));
        if (!inside) return;
        report(
                proof(log.inclusionProof())
                        .filter(proof ->
                                MerkleTree.verifyInclusion(
                                        leafHash,
                                        log.index(),
                                        checkpoint.size(),
                                        proof,
                                        checkpoint.root()))
                        .isPresent(),
                "inclusion",
                "内容已记入账本",
                "the content is in the log",
                "内容与账本不符：入账证明通不过",
                "the inclusion proof does not lead from this content to the checkpoint");
    }

    /** The line by Ed25519 is required, as C2SP asks; that another is missing is told. */
    private void checkLines(SignedNote note, long size) {
        var signing =
                note.signedBy(trusted.forUse(PublicKeys.CHECKPOINT)).stream()
                        .map(PublicKeys.PublicKey::algorithm)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Algorithm.class)));
        if (signing.isEmpty()) {
            fail("checkpoint", "检查点没有可信密钥的有效签名", "no trusted key signed the checkpoint");
            return;
        }
        var missing = missing(signing, PublicKeys.CHECKPOINT);
        if (missing.contains(Algorithm.ED25519.title())) {
            fail(
                    "checkpoint",
                    "检查点缺少 %s 的签名行，只有其他算法的签名".formatted(Algorithm.ED25519.title()),
                    "the checkpoint lacks the line signed by %s and has others only"
                            .formatted(Algorithm.ED25519.title()));
            return;
        }
        pass(
                "checkpoint",
                "检查点由可信密钥签名（规模 %d）%s"
                        .formatted(size, missing.isEmpty() ? "" : "，但缺少 " + missing + " 的签名行"),
                "a trusted key signed the checkpoint (size %d)%s"
                        .formatted(
                                size,
                                missing.isEmpty()
                                        ? ""
                                        : ", but the line signed by " + missing + " is missing"));
    }

    private static Optional<List<byte[]>> proof(List<String> texts) {
        var proof = new ArrayList<byte[]>();
        for (var text : texts) {
            var hash = StrictBase64.bytes(text);
            if (hash.isEmpty()) return Optional.empty();
            proof.add(hash.get());
        }
        return Optional.of(proof);
    }

    private void report(
            boolean passed,
            String name,
            String yes,
            String yesEnglish,
            String no,
            String noEnglish) {
        if (passed) pass(name, yes, yesEnglish);
        else fail(name, no, noEnglish);
    }

    private void pass(String name, String chinese, String english) {
        checks.add(new Check(name, true, chinese, english));
    }

    private void fail(String name, String chinese, String english) {
        checks.add(new Check(name, false, chinese, english));
    }
}
