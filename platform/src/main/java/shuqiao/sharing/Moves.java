package shuqiao.sharing;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.Where;

/** Due dates that a notice of holidays has moved, for who sees their requests. */
@Component
class Moves {

    private static final Pattern NOTICE = Pattern.compile("[0-9]{4}/[0-9]{1,6}");

    private final DeadlineTable table;

    Moves(DeadlineTable table) {
        this.table = table;
    }

    /**
     * Newest first.
     *
     * @param notice year and version of one notice, such as 2027/1; null for all
     */
    Page<DeadlineTable.Moved> list(Actor actor, @Nullable String notice, Page.Request page) {
        actor.require(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY);
        var where = new Where();
        if (!actor.has(Role.AUTHORITY))
            where.and(
                    "(r.provider = :own or r.consumer = :own)",
                    "own",
                    actor.requiredOrganization());
        if (notice != null) {
            if (!NOTICE.matcher(notice).matches()) throw Invalid.field("notice", "moved.notice");
            where.and("c.notice = :notice", "notice", notice);
        }
        return table.moved(where, page);
    }
}
