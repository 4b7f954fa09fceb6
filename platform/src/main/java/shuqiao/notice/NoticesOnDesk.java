package shuqiao.notice;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DeskPart;
import shuqiao.kernel.Page;

/** The newest notices not read yet, beside the to-dos; nothing where all is read. */
@Component
@Order(100)
record NoticesOnDesk(NoticeBoard board, NoticePages pages) implements DeskPart {

    private static final int SHOWN = 4;

    /** The newest, and how many there are in all. */
    record Content(long total, List<NoticePages.Row> rows) {}

    @Override
    public Place place() {
        return Place.RAIL;
    }

    @Override
    public String template() {
        return "notice/desk";
    }

    @Override
    public @Nullable Content of(Actor actor, Locale locale) {
        if (actor.kind() != Actor.Kind.PERSON) return null;
        var unread =
                board.list(actor, new NoticeBoard.Asked(true, null), new Page.Request(SHOWN, 0));
        if (unread.total() == 0) return null;
        return new Content(
                unread.total(), unread.items().stream().map(it -> pages.row(it, locale)).toList());
    }
}
