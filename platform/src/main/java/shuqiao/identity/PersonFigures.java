package shuqiao.identity;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Figures;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Role;

/** Who holds which role, for the security administrator. */
@Component
record PersonFigures(PersonTable table, MessageSource messages) implements Figures {

    @Override
    public List<Group> of(Actor actor, Locale locale) {
        if (!actor.has(Role.SECURITY_ADMIN)) return List.of();
        var all = table.count();
        return List.of(
                new Group(
                        say("menu.users", Map.of(), locale),
                        say("users.figures.finding", Map.of("all", all), locale),
                        all,
                        AdminTabs.USERS,
                        Shape.BARS,
                        table.holders().entrySet().stream()
                                .sorted(
                                        Map.Entry.<Role, Long>comparingByValue(
                                                        Comparator.reverseOrder())
                                                .thenComparing(Map.Entry.comparingByKey()))
                                .map(it ->
                                        new Figure(
                                                say("Role." + it.getKey(), Map.of(), locale),
                                                it.getValue(),
                                                AdminTabs.USERS + "?role=" + it.getKey(),
                                                "next"))
                                .toList(),
                        List.of(),
                        new First("", null, "")));
    }

    private String say(String key, Map<String, Object> facts, Locale locale) {
        return Messages.sentence(messages, key, facts, locale);
    }
}
