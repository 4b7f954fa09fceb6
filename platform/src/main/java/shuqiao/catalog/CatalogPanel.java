package shuqiao.catalog;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Page;
import shuqiao.kernel.Panel;

/** The resources of one's own department, newest first. */
@Component
class CatalogPanel implements Panel {

    private static final int LINES_MAX = 6;

    private final Search search;
    private final MessageSource messages;

    CatalogPanel(Search search, MessageSource messages) {
        this.search = search;
        this.messages = messages;
    }

    @Override
    public String titleKey() {
        return "catalog.panel";
    }

    @Override
    public String path() {
        return "/resources?mine=true";
    }

    @Override
    public long total(Actor actor) {
        return mine(actor).total();
    }

    @Override
    public List<Line> lines(Actor actor, Locale locale) {
        return mine(actor).items().stream()
                .map(it ->
                        new Line(
                                it.name(),
                                Messages.sentence(
                                        messages, "Stage." + it.state(), Map.of(), locale),
                                "/resources/" + it.id()))
                .toList();
    }

    private Page<FoundResource> mine(Actor actor) {
        var own = actor.organization();
        return own == null
                ? new Page<>(List.of(), 0, null)
                : search.find(
                        actor,
                        ResourceQuery.of("", own),
                        List.of(),
                        Page.Request.of(LINES_MAX, null));
    }
}
