package shuqiao.onesource;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Messages;
import shuqiao.kernel.OrganizationNames;

/** Says in the reader's language why two items are one. */
@Component
class OneSourceWords {

    private final MessageSource messages;
    private final OrganizationNames names;

    OneSourceWords(MessageSource messages, OrganizationNames names) {
        this.messages = messages;
        this.names = names;
    }

    String department(String provider, Locale locale) {
        return names.shortName(provider, locale);
    }

    List<String> reasons(OneSource.Candidate it, Locale locale) {
        var words = new ArrayList<String>();
        for (var reason : it.reasons()) {
            var likeness = it.likeness();
            if (reason == OneSource.Reason.VALUES && likeness != null)
                words.add(values(likeness, locale));
            else words.add(say("onesource.reason." + reason, Map.of(), locale));
        }
        return words;
    }

    /** 取值约 50%–75% 相同; nothing where they have little in common. */
    String values(@Nullable Likeness it, Locale locale) {
        if (it == null || !it.isSaid()) return "";
        return band(it.band(), locale);
    }

    String band(Likeness.Band it, Locale locale) {
        return say(
                it == Likeness.Band.LITTLE ? "onesource.values.little" : "onesource.values",
                Map.of("from", it.from(), "until", it.until()),
                locale);
    }

    String say(String key, Map<String, Object> facts, Locale locale) {
        return Messages.sentence(messages, key, facts, locale);
    }
}
