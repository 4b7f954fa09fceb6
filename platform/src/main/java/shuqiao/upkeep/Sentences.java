package shuqiao.upkeep;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Messages;

/** What this room has to say, in the reader's language. */
@Component
class Sentences {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(Clock.ZONE);

    private final MessageSource messages;

    Sentences(MessageSource messages) {
        this.messages = messages;
    }

    String say(String key, Map<String, Object> facts, Locale locale) {
        return Messages.sentence(messages, key, facts, locale);
    }

    String say(String key, Locale locale) {
        return say(key, Map.of(), locale);
    }

    List<String> of(List<GrantChange.Reason> reasons, Locale locale) {
        return reasons.stream().map(it -> of(it, locale)).toList();
    }

    private String of(GrantChange.Reason it, Locale locale) {
        return say(
                "upkeep.reason." + it.kind(),
                Map.of("item", it.item(), "was", it.was(), "now", it.now()),
                locale);
    }

    /** A moment to the minute. */
    static String minute(Instant at) {
        return MINUTE.format(at);
    }
}
