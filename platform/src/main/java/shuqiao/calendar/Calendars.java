package shuqiao.calendar;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.annotation.Transactional;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.PerRequest;
import shuqiao.kernel.Role;
import shuqiao.kernel.Trusted;
import shuqiao.kernel.Unknown;
import shuqiao.kernel.WorkingDays;
import shuqiao.standard.DueDate;
import shuqiao.standard.WorkingDayCalendar;
import shuqiao.standard.YearNotice;

/**
 * The working days of the city: the shipped notices, and over them those the administrator imports.
 */
@Door
public class Calendars implements WorkingDays {

    /** Of what December holds, a notice of the next year may still move these last days. */
    static final int MOVABLE_DAYS = 7;

    /**
     * A year's notice as an administrator hands it in: lists of days, or lines of CSV in their
     * place.
     *
     * @param off days without work, {@code 2027-01-01}
     * @param work Saturdays and Sundays that are worked
     * @param csv lines {@code date,off|work,name}
     * @param source document number or address of the notice
     */
    public record Entry(
            @Nullable Integer year,
            @Nullable List<@Nullable String> off,
            @Nullable List<@Nullable String> work,
            @Nullable String csv,
            @Nullable String source) {}

    /**
     * One year as it holds now.
     *
     * @param notice null while the State Council's notice is not known
     * @param version of the import; 0 for a shipped notice
     */
    public record Year(int year, @Nullable YearNotice notice, int version) {}

    private record Known(
            long newest, WorkingDayCalendar calendar, Map<Integer, Integer> versions) {}

    private final NoticeTable table;
    private final PerRequest<Boolean, Long> newest = new PerRequest<>("calendar");
    private final ApplicationEventPublisher events;
    private final InstantSource clock;
    private volatile Known known = new Known(0, WorkingDayCalendar.shipped(), Map.of());

    Calendars(NoticeTable table, ApplicationEventPublisher events, InstantSource clock) {
        this.table = table;
        this.events = events;
        this.clock = clock;
    }

    @Override
    @Trusted("what day it is in China is no secret")
    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Clock.ZONE);
    }

    @Override
    @Trusted("working days are public")
    public WorkingDayCalendar current() {
        return known().calendar();
    }

    /** The nth working day after the day of receipt; see {@link #due(LocalDate, int)}. */
    @Trusted("rooms above compute their deadlines by it")
    public DueDate due(Instant received, int workingDays) {
        return due(LocalDate.ofInstant(received, Clock.ZONE), workingDays);
    }

    /**
     * The nth working day after the day of receipt; the day itself for 0. Estimated when a counted
     * day lies in a year without a notice, and in the last days of a year whose next notice is not
     * known, because that one may still move them (docs/decisions/0003).
     */
    @Trusted("rooms above compute their deadlines by it")
    public DueDate due(LocalDate received, int workingDays) {
        return due(current(), received, workingDays);
    }

    /** The same by another calendar. */
    @Trusted("rooms above reckon what a notice would move")
    public static DueDate due(WorkingDayCalendar calendar, LocalDate received, int workingDays) {
        var due =
                workingDays == 0
                        ? new DueDate(received, !calendar.covers(received.getYear()))
                        : calendar.due(received, workingDays);
        var year = due.date().getYear();
        var movable =
                due.date().isAfter(YearMonth.of(year, 12).atEndOfMonth().minusDays(MOVABLE_DAYS));
        return movable && !calendar.covers(year + 1) ? new DueDate(due.date(), true) : due;
    }

    /**
     * Whether the notices that today's deadlines need are known: in December that of the next year
     * too.
     */
    @Trusted("first steps ask it")
    public boolean upToDate() {
        var today = today();
        var calendar = current();
        return calendar.covers(today.getYear())
                && (today.getMonth() != Month.DECEMBER || calendar.covers(today.getYear() + 1));
    }

    /** Takes a year's notice in place of the one that was known; the earlier version is kept. */
    @Transactional
    public Year take(Actor actor, int year, Entry entry) {
        if (actor.kind() != Actor.Kind.PLATFORM) actor.require(Role.SYSTEM_ADMIN);
        var notice = NoticeEntry.checked(year, entry);
        var now = clock.instant();
        var version = table.insert(notice, actor.subject(), now);
        newest.forget();
        events.publishEvent(new CalendarImported(year, version, notice.source(), actor, now));
        return new Year(year, notice, version);
    }

    /**
     * A notice that changes some days of a year's and leaves the others as they are, such as a day
     * of commemoration: the whole of the year with both documents named, to be previewed and taken
     * in the place of the one that is known.
     *
     * @param entry its own days, as CSV
     */
    @Trusted("a preview and an import ask their own rights")
    public Entry added(int year, Entry entry) {
        var known =
                current()
                        .notice(year)
                        .orElseThrow(() ->
                                Invalid.field(
                                        "add", "calendar.nothing-to-add-to", Map.of("year", year)));
        var csv = entry.csv() == null ? "" : entry.csv();
        var changed = csv.lines().map(line -> line.strip().split(",", 2)[0].strip()).toList();
        var lines = new StringBuilder(csv);
        if (!csv.isEmpty() && !csv.endsWith("\n")) lines.append('\n');
        for (var kind : List.of("off", "work"))
            new TreeSet<>(kind.equals("off") ? known.off() : known.work())
                    .stream()
                            .filter(day -> !changed.contains(day.toString()))
                            .forEach(day -> {
                                var name = known.names().getOrDefault(day, "");
                                lines.append(day).append(',').append(kind);
                                if (!name.isEmpty()) lines.append(',').append(name);
                                lines.append('\n');
                            });
        var source = entry.source() == null ? "" : entry.source().strip();
        return new Entry(
                year,
                null,
                null,
                lines.toString(),
                // without a document of its own the addition is refused like any notice
                source.isEmpty() || known.source().contains(source)
                        ? source
                        : known.source() + "；" + source);
    }

    /**
     * What a notice would change, against the calendar as it is known now; nothing is taken.
     *
     * @param changes days that are worked and were not, or the other way round
     */
    public record Preview(
            YearNotice notice,
            boolean known,
            WorkingDayCalendar after,
            long workingDaysBefore,
            long workingDaysAfter,
            List<DayChange> changes) {
        public Preview {
            changes = List.copyOf(changes);
        }
    }

    /** A day that becomes a working day, or stops being one. */
    public record DayChange(LocalDate date, boolean worked, String name) {}

    /** Checks a notice and says what it would change. */
    public Preview preview(Actor actor, int year, Entry entry) {
        actor.require(Role.SYSTEM_ADMIN);
        var notice = NoticeEntry.checked(year, entry);
        var before = current();
        var after = before.withYear(notice);
        var changes = new ArrayList<DayChange>();
        LocalDate.of(year - 1, 12, 1)
                .datesUntil(LocalDate.of(year + 1, 2, 1))
                .filter(day -> before.isWorkingDay(day) != after.isWorkingDay(day))
                .forEach(day ->
                        changes.add(
                                new DayChange(
                                        day,
                                        after.isWorkingDay(day),
                                        after.nameOf(day)
                                                .or(() -> after.workedFor(day))
                                                .orElse(""))));
        return new Preview(
                notice,
                before.covers(year),
                after,
                workingDays(before, year),
                workingDays(after, year),
                changes);
    }

    static long workingDays(WorkingDayCalendar calendar, int year) {
        return LocalDate.of(year, 1, 1)
                .datesUntil(LocalDate.of(year + 1, 1, 1))
                .filter(calendar::isWorkingDay)
                .count();
    }

    /** The years that are known and the next one, newest first. */
    public List<Year> years(Actor actor) {
        var now = known();
        var years = new ArrayList<Year>();
        var numbers = now.calendar().years();
        numbers.add(today().getYear());
        numbers.add(today().getYear() + 1);
        for (var year : numbers.reversed()) years.add(year(now, year));
        return years;
    }

    public Year year(Actor actor, int year) {
        var found = year(known(), year);
        if (found.notice() == null) throw new Unknown("year-notice", year);
        return found;
    }

    private static Year year(Known now, int year) {
        return new Year(
                year,
                now.calendar().notice(year).orElse(null),
                now.versions().getOrDefault(year, 0));
    }

    /** Reads again only after an import, here or in another platform on the same database. */
    private Known known() {
        var before = known;
        long now = newest.get(true, _ -> table.newest());
        if (before.newest() == now) return before;
        var calendar = WorkingDayCalendar.shipped();
        var versions = new HashMap<Integer, Integer>();
        for (var imported : table.inForce()) {
            calendar = calendar.withYear(imported.notice());
            versions.put(imported.notice().year(), imported.version());
        }
        var fresh = new Known(now, calendar, versions);
        known = fresh;
        return fresh;
    }
}
