package shuqiao.ledger;

import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Messages;
import shuqiao.shell.Fact;

/** Who did what to one thing, told from the ledger for a page of that thing. */
@Component
public class History {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(Clock.ZONE);
    private static final int SHOWN = 20;

    private final Ledger ledger;
    private final MessageSource messages;

    History(Ledger ledger, MessageSource messages) {
        this.ledger = ledger;
        this.messages = messages;
    }

    /** The newest entries about {@code name=value}, newest first, in the reader's language. */
    public List<Fact> of(String object, Locale locale) {
        return ledger.about(object, SHOWN).stream().map(entry -> fact(entry, locale)).toList();
    }

    private Fact fact(LedgerEntry entry, Locale locale) {
        var said = word("event." + entry.kind(), Map.of(), locale);
        if (entry.facts().get("changed") instanceof Collection<?> changed && !changed.isEmpty()) {
            var words =
                    changed.stream()
                            .map(what -> word("change." + what, Map.of(), locale))
                            .collect(Collectors.joining(word("comma", Map.of(), locale)));
            said = word("history.changed", Map.of("act", said, "what", words), locale);
        }
        var index = entry.index();
        var note =
                word(
                        index == null ? "history.note" : "history.note.placed",
                        Map.of(
                                "time",
                                TIME.format(entry.at()),
                                "by",
                                entry.actor(),
                                "index",
                                index == null ? "" : index),
                        locale);
        return new Fact(said, note, "open");
    }

    private String word(String key, Map<String, Object> facts, Locale locale) {
        return Messages.sentence(messages, key, facts, locale);
    }
}
