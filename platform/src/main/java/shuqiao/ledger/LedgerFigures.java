package shuqiao.ledger;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Figures;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Role;

/** What was done today, for the audit administrator. */
@Component
record LedgerFigures(EntryTable entries, MessageSource messages, InstantSource clock)
        implements Figures {

    private static final int KINDS_SHOWN = 8;

    @Override
    public List<Group> of(Actor actor, Locale locale) {
        if (!actor.has(Role.AUDIT_ADMIN)) return List.of();
        var today = LocalDate.ofInstant(clock.instant(), Clock.ZONE);
        var kinds =
                entries.kinds(
                        today.atStartOfDay(Clock.ZONE).toInstant(),
                        today.plusDays(1).atStartOfDay(Clock.ZONE).toInstant());
        var path = AuditPages.PATH + "?from=" + today + "&until=" + today;
        long total = kinds.values().stream().mapToLong(Long::longValue).sum();
        return List.of(
                new Group(
                        say("audit.figures", Map.of(), locale),
                        say(
                                "audit.figures.finding",
                                Map.of("all", total, "kinds", kinds.size()),
                                locale),
                        total,
                        path,
                        Shape.BARS,
                        kinds.entrySet().stream()
                                .sorted(
                                        Map.Entry.<String, Long>comparingByValue(
                                                        Comparator.reverseOrder())
                                                .thenComparing(Map.Entry.comparingByKey()))
                                .limit(KINDS_SHOWN)
                                .map(it ->
                                        new Figure(
                                                word(it.getKey(), locale),
                                                it.getValue(),
                                                path + "&kind=" + it.getKey(),
                                                "next"))
                                .toList(),
                        List.of(),
                        new First(say("audit.figures.none", Map.of(), locale), null, "")));
    }

    /** The word for a kind of act; the kind itself where a room gave none. */
    private String word(String kind, Locale locale) {
        var key = "event." + kind;
        var word = say(key, Map.of(), locale);
        return word.equals(key) ? kind : word;
    }

    private String say(String key, Map<String, Object> facts, Locale locale) {
        return Messages.sentence(messages, key, facts, locale);
    }
}
