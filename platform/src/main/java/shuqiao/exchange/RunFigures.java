package shuqiao.exchange;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Figures;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Role;
import shuqiao.kernel.WorkingDays;

/** How the runs of this month came out: of one's own department, or of the city. */
@Component
@Order(30)
record RunFigures(Exchange exchange, WorkingDays days, MessageSource messages) implements Figures {

    @Override
    public List<Group> of(Actor actor, Locale locale) {
        if (!RunsToday.reads(actor)) return List.of();
        var month = Period.month(YearMonth.from(days.today()));
        var counts = exchange.counts(actor, null, month);
        var figures = new ArrayList<Figure>();
        for (var state : RunApi.STATES_IN_ORDER) {
            long number = counts.getOrDefault(state, 0L);
            if (number > 0)
                figures.add(
                        new Figure(
                                say("run.state." + state, Map.of(), locale),
                                number,
                                RunPages.path(state, null, month),
                                look(state)));
        }
        long total = counts.values().stream().mapToLong(Long::longValue).sum();
        var steward = actor.has(Role.STEWARD);
        return List.of(
                new Group(
                        say("runs.figures", Map.of(), locale),
                        say(
                                "runs.figures.finding",
                                Map.of(
                                        "all",
                                        total,
                                        "delivered",
                                        counts.getOrDefault("DELIVERED", 0L)),
                                locale),
                        total,
                        RunPages.path(null, null, month),
                        Shape.PARTS,
                        figures,
                        List.of(),
                        new First(
                                say(
                                        steward ? "runs.figures.first" : "runs.figures.none",
                                        Map.of(),
                                        locale),
                                steward ? RunsToday.GRANTS : null,
                                say("runs.figures.first.do", Map.of(), locale))));
    }

    private static String look(String state) {
        return switch (state) {
            case "DELIVERED" -> "good";
            case "RUNNING" -> "part";
            case "QUEUED" -> "wait";
            case "FAILED" -> "bad";
            default -> "rest";
        };
    }

    private String say(String key, Map<String, Object> facts, Locale locale) {
        return Messages.sentence(messages, key, facts, locale);
    }
}
