package shuqiao.organization;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Figures;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Role;

/** Which organizations are registered, for the system administrator. */
@Component
class OrganizationFigures implements Figures {

    private final Organizations organizations;
    private final MessageSource messages;

    OrganizationFigures(Organizations organizations, MessageSource messages) {
        this.organizations = organizations;
        this.messages = messages;
    }

    @Override
    public List<Group> of(Actor actor, Locale locale) {
        if (!actor.has(Role.SYSTEM_ADMIN)) return List.of();
        var all = organizations.all(actor);
        var levels = new EnumMap<Organization.Level, Long>(Organization.Level.class);
        for (var one : all) levels.merge(one.level(), 1L, Long::sum);
        var figures = new ArrayList<Figure>();
        levels.forEach((level, number) ->
                figures.add(
                        new Figure(
                                say("Level." + level, Map.of(), locale),
                                number,
                                OrganizationPages.PATH + "?level=" + level,
                                "next")));
        return List.of(
                new Group(
                        say("menu.organizations", Map.of(), locale),
                        say(
                                "organizations.figures.finding",
                                Map.of(
                                        "all", all.size(),
                                        "closed",
                                                all.stream().filter(Organization::closed).count()),
                                locale),
                        all.size(),
                        OrganizationPages.PATH,
                        Shape.PARTS,
                        figures,
                        List.of(),
                        new First(
                                say("organizations.empty.why", Map.of(), locale),
                                OrganizationPages.PATH + "#add",
                                say("organizations.add", Map.of(), locale))));
    }

    private String say(String key, Map<String, Object> facts, Locale locale) {
        return Messages.sentence(messages, key, facts, locale);
    }
}
