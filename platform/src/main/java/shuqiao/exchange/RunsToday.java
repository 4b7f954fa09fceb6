package shuqiao.exchange;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.DeskPart;
import shuqiao.kernel.OrganizationNames;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.WorkingDays;

/** 今日交换: the runs under way today, of one's own department or, for the authority, of all. */
@Component
record RunsToday(Exchange exchange, OrganizationNames names, WorkingDays days) implements DeskPart {

    /** Where a delivery begins: the grants that one's own department uses. */
    static final String GRANTS = "/grants?part=effective&side=used";

    private static final int SHOWN = 6;

    /**
     * The newest, and how many there are in all.
     *
     * @param city whether they are those of all departments
     */
    record Content(
            LocalDate day,
            long total,
            String path,
            boolean city,
            boolean asks,
            List<RunPages.Row> rows) {

        public java.time.ZoneId zone() {
            return Clock.ZONE;
        }
    }

    /** Whether an actor reads runs at all. */
    static boolean reads(Actor actor) {
        return actor.has(Role.AUTHORITY)
                || actor.organization() != null
                        && (actor.has(Role.STEWARD) || actor.has(Role.REVIEWER));
    }

    @Override
    public Place place() {
        return Place.MAIN;
    }

    @Override
    public String template() {
        return "exchange/runs-today";
    }

    @Override
    public @Nullable Content of(Actor actor, Locale locale) {
        if (!reads(actor)) return null;
        var today = Period.day(days.today());
        var page = exchange.list(actor, today, new Page.Request(SHOWN, Long.MAX_VALUE));
        return new Content(
                today.first(),
                page.total(),
                RunPages.path(null, null, today),
                actor.has(Role.AUTHORITY),
                actor.has(Role.STEWARD),
                page.items().stream().map(run -> RunPages.row(run, names, locale)).toList());
    }
}
