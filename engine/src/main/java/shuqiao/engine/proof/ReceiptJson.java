package shuqiao.engine.proof;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The receipt as JSON, printed in the order of the contract and read strictly. */
public final class ReceiptJson {

    private static final Set<String> MEMBERS =
            Set.of(
                    "receipt",
                    "run",
                    "grant",
                    "resource",
                    "version",
                    "provider",
                    "consumer",
                    "rail",
                    "mode",
                    "startedAt",
                    "finishedAt",
                    "rowsRead",
                    "rowsWritten",
                    "rowsRejected",
                    "bytes",
                    "scope",
                    "content",
                    "notes",
                    "log",
                    "signatures");

    private ReceiptJson() {}

    /** On one line. */
    public static String print(Receipt receipt) {
        return Json.MAPPER.writeValueAsString(receipt.all());
    }

    /**
     * @throws InvalidReceipt when this is JSON but no receipt, or no JSON
     */
    public static Receipt parse(String json) {
        try {
            return read(tree(json));
        } catch (JacksonException notJson) {
            throw new InvalidReceipt("", "不是合法的 JSON", "no well-formed JSON");
        }
    }

    /**
     * The JSON of a receipt to be.
     *
     * @throws InvalidReceipt for a number -0
     */
    static JsonNode tree(String json) {
        var tree = Json.MAPPER.readTree(json);
        if (Json.hasMinusZero(json))
            throw new InvalidReceipt("", "有写作 -0 的数字", "a number is written -0");
        return tree;
    }

    static Receipt read(JsonNode node) {
        var all = Members.of(node, "").only(MEMBERS);
        all.oneOf("receipt", Set.of(Receipt.VERSION));
        var scope = all.object("scope").only(Set.of("digest", "maskedAt"));
        var content = all.object("content").only(Set.of("digest", "of"));
        var startedAt = time(all, "startedAt");
        var finishedAt = time(all, "finishedAt");
        if (finishedAt.isBefore(startedAt)) {
            throw new InvalidReceipt("finishedAt", "早于 startedAt", "lies before startedAt");
        }
        return new Receipt(
                all.text("run"),
                all.text("grant"),
                all.text("resource"),
                all.number("version"),
                all.text("provider"),
                all.text("consumer"),
                all.oneOf("rail", Receipt.RAILS),
                all.oneOf("mode", Receipt.MODES),
                startedAt,
                finishedAt,
                all.number("rowsRead"),
                all.number("rowsWritten"),
                all.number("rowsRejected"),
                all.number("bytes"),
                new Receipt.Scope(
                        scope.text("digest"), scope.oneOf("maskedAt", Receipt.Scope.PLACES)),
                new Receipt.Content(content.text("digest"), content.text("of")),
                all.has("notes")
                        ? all.sentences("notes", Receipt.NOTES_MAX, Receipt.NOTE_MAX)
                        : List.of(),
                all.has("log") ? log(all.object("log")) : null,
                all.has("signatures") ? signatures(all) : List.of());
    }

    private static Receipt.Log log(Members log) {
        log.only(Set.of("origin", "index", "checkpoint", "inclusionProof"));
        return new Receipt.Log(
                log.text("origin"),
                log.number("index"),
                log.text("checkpoint"),
                log.texts("inclusionProof"));
    }

    private static List<Receipt.Signature> signatures(Members all) {
        return all.objects("signatures").stream()
                .map(entry -> entry.only(Set.of("algorithm", "key", "value")))
                .map(entry ->
                        new Receipt.Signature(
                                entry.text("algorithm"), entry.text("key"), entry.text("value")))
                .toList();
    }

    private static Instant time(Members all, String name) {
        try {
            return OffsetDateTime.parse(all.text(name)).toInstant();
        } catch (DateTimeException notATime) {
            throw new InvalidReceipt(
                    name, "应为带时区的 ISO 8601 时间", "must be an ISO 8601 time with offset");
        }
    }
}
