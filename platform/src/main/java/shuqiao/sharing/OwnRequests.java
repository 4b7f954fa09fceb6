package shuqiao.sharing;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DeskPart;
import shuqiao.kernel.OrganizationNames;
import shuqiao.kernel.WorkingDays;
import shuqiao.sharing.Readers.Part;
import shuqiao.sharing.Readers.Result;

/** 我的申请: the requests of one's own department that are under way, as steps on the desk. */
@Component
record OwnRequests(Readers readers, Wording wording, OrganizationNames names, WorkingDays days)
        implements DeskPart {

    private static final int SHOWN = 6;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MM-dd");

    /**
     * One request.
     *
     * @param holder who has to act next, as a sentence
     * @param due until when, as a sentence; empty when no clock runs
     */
    record Line(
            Request request,
            String look,
            List<String> bars,
            int step,
            String holder,
            String due,
            boolean late) {}

    /** The most urgent, and how many there are in all. */
    record Content(long total, String path, List<Line> lines) {}

    @Override
    public Place place() {
        return Place.RAIL;
    }

    @Override
    public String template() {
        return "sharing/own-requests";
    }

    @Override
    public @Nullable Content of(Actor actor, Locale locale) {
        if (!Readers.member(actor)) return null;
        var asked = new Readers.Asked(Part.OWN, Result.UNDERWAY, false);
        return new Content(
                readers.count(actor, asked),
                RequestPages.path(asked),
                readers.underway(actor, SHOWN).stream().map(it -> line(it, locale)).toList());
    }

    private Line line(RequestTable.Underway it, Locale locale) {
        var request = it.request();
        var provider = names.shortName(request.subject().provider(), locale);
        var bars = RequestSheets.bars(request.state(), false);
        return new Line(
                request,
                RequestSheets.look(request.state()),
                bars,
                (int) bars.stream().filter(Set.of("done", "failed")::contains).count() + 1,
                wording.say("sharing.holder." + request.state(), locale, provider),
                due(it, locale),
                it.due() != null && it.due().isBefore(days.today()));
    }

    private String due(RequestTable.Underway it, Locale locale) {
        if (it.paused()) return wording.say("sharing.holder.paused", locale);
        var due = it.due();
        if (due == null) return "";
        var today = days.today();
        if (due.isBefore(today))
            return wording.say("sharing.holder.late", locale, Math.max(1, -days.left(due)));
        var left = days.left(due);
        return left == 0
                ? wording.say("sharing.holder.today", locale)
                : wording.say("sharing.holder.due", locale, day(due, today), left);
    }

    private static String day(LocalDate due, LocalDate today) {
        return due.getYear() == today.getYear() ? due.format(DAY) : due.toString();
    }
}
