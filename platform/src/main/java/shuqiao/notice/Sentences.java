package shuqiao.notice;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Messages;
import shuqiao.kernel.OrganizationNames;

/** Makes a sentence of a notice, in the language of who reads it now. */
@Component
class Sentences {

    private final MessageSource messages;
    private final OrganizationNames names;

    Sentences(MessageSource messages, OrganizationNames names) {
        this.messages = messages;
        this.names = names;
    }

    String of(Told it, Locale locale) {
        var words = new HashMap<String, Object>();
        it.facts().forEach((name, fact) -> words.put(name, word(fact, locale)));
        return Messages.sentence(messages, "notice." + it.key(), words, locale);
    }

    /** What a room's notices are about. */
    String room(String room, Locale locale) {
        return say("notice.of." + room, locale);
    }

    String say(String key, Locale locale) {
        return Messages.sentence(messages, key, Map.of(), locale);
    }

    private Object word(Object fact, Locale locale) {
        if (!(fact instanceof Map<?, ?> named)) return fact;
        if (named.get("word") instanceof String key) return say(key, locale);
        if (named.get("organization") instanceof String code) return names.shortName(code, locale);
        return fact;
    }
}
