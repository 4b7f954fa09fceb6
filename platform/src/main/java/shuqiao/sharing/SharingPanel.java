package shuqiao.sharing;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Page;
import shuqiao.kernel.Panel;

/** The requests that one's own department made, newest first. */
@Component
class SharingPanel implements Panel {

    private static final int LINES_MAX = 6;

    private final Readers readers;
    private final MessageSource messages;

    SharingPanel(Readers readers, MessageSource messages) {
        this.readers = readers;
        this.messages = messages;
    }

    @Override
    public String titleKey() {
        return "sharing.panel";
    }

    @Override
    public String path() {
        return "/requests?part=own";
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
                                it.subject().title(),
                                Messages.sentence(
                                        messages, "RequestState." + it.state(), Map.of(), locale),
                                "/requests/" + it.id()))
                .toList();
    }

    private Page<Request> mine(Actor actor) {
        return Readers.member(actor)
                ? readers.own(actor, new Page.Request(LINES_MAX, Long.MAX_VALUE))
                : new Page<>(List.of(), 0, null);
    }
}
