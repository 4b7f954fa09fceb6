package shuqiao.reminder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Messages;
import shuqiao.kernel.OrganizationNames;
import shuqiao.reminder.Reminders.Late;

/** How much is late, and with whom; each number opens the list it counts. */
@Component
class LateFigures {

    /**
     * One department.
     *
     * @param width of its bar, in hundredths of the longest
     */
    record Bar(String code, String word, long number, String path, double width) {}

    private final OrganizationNames names;
    private final MessageSource messages;

    LateFigures(OrganizationNames names, MessageSource messages) {
        this.names = names;
        this.messages = messages;
    }

    /** The most first. */
    List<Bar> bars(List<Late> late, Locale locale) {
        var counts = new LinkedHashMap<String, Long>();
        for (var it : late) counts.merge(Reminders.of(it.due()), 1L, Long::sum);
        var most = counts.values().stream().mapToLong(Long::longValue).max().orElse(1);
        var bars = new ArrayList<Bar>();
        counts.forEach((code, number) ->
                bars.add(
                        new Bar(
                                code,
                                name(code, locale),
                                number,
                                path(code),
                                100.0 * number / most)));
        bars.sort((a, b) -> Long.compare(b.number(), a.number()));
        return bars;
    }

    String name(String code, Locale locale) {
        return code.isEmpty() ? say("late.authority", locale) : names.shortName(code, locale);
    }

    String say(String key, Locale locale) {
        return Messages.sentence(messages, key, Map.of(), locale);
    }

    static String path(String code) {
        return LatePages.PATH + "?organization=" + code;
    }

    static boolean reads(Actor actor) {
        return actor.has(shuqiao.kernel.Role.AUTHORITY)
                || actor.organization() != null
                        && (actor.has(shuqiao.kernel.Role.STEWARD)
                                || actor.has(shuqiao.kernel.Role.REVIEWER));
    }
}
