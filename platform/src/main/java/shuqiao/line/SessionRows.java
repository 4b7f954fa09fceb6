package shuqiao.line;

import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.FactNames;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Page;
import shuqiao.kernel.VisibleText;

/** Records of sessions as people read them; drawn by {@code line/sessions.html}. */
@Component
public class SessionRows {

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("MM-dd HH:mm:ss").withZone(Clock.ZONE);

    /**
     * One session.
     *
     * @param look of its state
     * @param code of a failure; empty when it went well
     * @param lasted in words; empty while it is open or when it never was
     * @param passed bytes and rows in words; empty when nothing did
     */
    public record Row(
            String name,
            String occasion,
            String by,
            String about,
            String address,
            String at,
            String look,
            String outcome,
            String code,
            String lasted,
            String passed) {}

    private final ObjectProvider<FactNames> names;
    private final MessageSource messages;

    SessionRows(ObjectProvider<FactNames> names, MessageSource messages) {
        this.names = names;
        this.messages = messages;
    }

    public Page<Row> of(Page<SessionRecord> page, Locale locale) {
        var subjects =
                page.items().stream()
                        .filter(it -> it.kind() != Actor.Kind.PLATFORM)
                        .map(SessionRecord::by)
                        .collect(Collectors.toSet());
        var people = FactNames.people(names.stream().toList(), subjects, locale);
        return page.map(it -> row(it, people, locale));
    }

    private Row row(SessionRecord it, Map<String, String> people, Locale locale) {
        var outcome = it.told().outcome();
        var failed =
                outcome != null
                        && !outcome.equals(SessionRecord.Told.DONE)
                        && !outcome.equals(SessionRecord.Told.LOST);
        return new Row(
                it.name(),
                say("Occasion." + it.occasion(), locale),
                it.kind() == Actor.Kind.PLATFORM
                        ? say("line.by-platform", locale)
                        : VisibleText.shown(people.getOrDefault(it.by(), it.by())),
                it.about(),
                it.address().orElse(""),
                SECOND.format(it.askedAt()),
                outcome == null
                        ? "running"
                        : outcome.equals(SessionRecord.Told.DONE) ? "" : "failed",
                outcome(outcome, locale),
                failed && outcome != null ? outcome.substring(outcome.indexOf(':') + 1) : "",
                lasted(it, locale),
                passed(it.told(), locale));
    }

    private String outcome(@org.jspecify.annotations.Nullable String outcome, Locale locale) {
        if (outcome == null) return say("line.outcome.open", locale);
        var key = "line.outcome." + outcome.substring(outcome.indexOf(':') + 1);
        var said = messages.getMessage(key, null, "", locale);
        return said == null || said.isEmpty() ? say("line.outcome.failed", locale) : said;
    }

    private String lasted(SessionRecord it, Locale locale) {
        if (it.openedAt().isEmpty() || it.closedAt().isEmpty()) return "";
        var lasted = Duration.between(it.openedAt().get(), it.closedAt().get());
        var seconds = Math.max(0, lasted.toMillis()) / 1e3;
        return say(
                "line.lasted",
                Map.of("seconds", String.format(Locale.ROOT, "%.1f", seconds)),
                locale);
    }

    private String passed(SessionRecord.Told told, Locale locale) {
        var received = told.received();
        var sent = told.sent();
        if (received == null || sent == null) return "";
        var rows = told.rows();
        var facts = new java.util.HashMap<String, Object>();
        facts.put("received", size(received));
        facts.put("sent", size(sent));
        if (rows == null) return say("line.passed", facts, locale);
        facts.put("rows", String.format(Locale.ROOT, "%,d", rows));
        return say("line.passed.rows", facts, locale);
    }

    private static String size(long bytes) {
        if (bytes < 1_000_000) return String.format(Locale.ROOT, "%.1f kB", bytes / 1e3);
        if (bytes < 1_000_000_000) return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
        return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }

    private String say(String key, Locale locale) {
        return say(key, Map.of(), locale);
    }

    private String say(String key, Map<String, Object> facts, Locale locale) {
        return Messages.sentence(messages, key, facts, locale);
    }
}
