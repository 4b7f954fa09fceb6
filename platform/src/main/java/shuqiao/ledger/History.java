package shuqiao.ledger;

import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    private final Sentences sentences;
    private final MessageSource messages;

    History(Ledger ledger, Sentences sentences, MessageSource messages) {
        this.ledger = ledger;
        this.sentences = sentences;
        this.messages = messages;
    }

    /** The newest entries about {@code name=value}, newest first, in the reader's language. */
    public List<Fact> of(String object, Locale locale) {
        return sentences.tell(ledger.about(object, SHOWN), locale).stream()
                .map(told -> fact(told, locale))
                .toList();
    }

    private Fact fact(Sentences.Told told, Locale locale) {
        var index = told.entry().index();
        var time = TIME.format(told.entry().at());
        return new Fact(
                told.text(),
                index == null
                        ? time
                        : Messages.sentence(
                                messages,
                                "history.note.placed",
                                Map.of("time", time, "index", index),
                                locale),
                "open");
    }
}
