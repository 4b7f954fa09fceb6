package shuqiao.reminder;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Door;
import shuqiao.kernel.DueWork;
import shuqiao.kernel.DueWork.Due;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Notices;
import shuqiao.kernel.Notices.Notice;
import shuqiao.kernel.Outage;
import shuqiao.kernel.Role;
import shuqiao.kernel.Trusted;
import shuqiao.kernel.WorkingDays;
import shuqiao.notice.Delivery;
import shuqiao.reminder.ReminderEvent.DeadlineEscalated;
import shuqiao.reminder.ReminderEvent.ReminderRuleChanged;
import shuqiao.standard.WorkingDayCalendar;
import shuqiao.work.Work;

/**
 * Reminds people of the deadlines that wait for them, tells the authority of those that are late,
 * and lists them.
 */
@Door
public class Reminders {

    /** What its work is called. */
    static final String KIND = "reminders";

    private static final Set<Role> AUTHORITY = EnumSet.of(Role.AUTHORITY);
    private static final String DUE = "DUE";
    private static final String ESCALATED = "ESCALATED";

    private static final Duration CARE_EVERY = Duration.ofMinutes(10);

    /** Later no time before a due date, and no day or week after it, is looked for again. */
    private static final Duration KEPT = Duration.ofDays(365);

    /** Working days. */
    private static final int WEEK = 5;

    /**
     * What a form or a program says.
     *
     * @param before numbers, apart by commas or blanks; none when nobody is to be reminded before
     */
    public record Entry(@Nullable String before, @Nullable String escalateAfter) {}

    /**
     * Something late.
     *
     * @param days working days since its due date
     */
    public record Late(Due due, int days) {}

    private record Wanted(Due due, ReminderTable.Key key, int left) {}

    /** What is told in one sentence: who acts on what, and at which time of it. */
    private record Bundle(
            String what, String organization, String together, String time, LocalDate due) {}

    private final ReminderTable table;
    private final List<DueWork> works;
    private final Work work;
    private final Notices notices;
    private final Delivery delivery;
    private final WorkingDays days;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;
    private volatile Instant caredAt = Instant.EPOCH;

    Reminders(
            ReminderTable table,
            List<DueWork> works,
            Work work,
            Notices notices,
            Delivery delivery,
            WorkingDays days,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.table = table;
        this.works = works;
        this.work = work;
        this.notices = notices;
        this.delivery = delivery;
        this.days = days;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    public ReminderRule rule(Actor actor) {
        actor.require(Role.SYSTEM_ADMIN);
        return table.rule();
    }

    @Transactional
    public ReminderRule change(Actor actor, Entry entry) {
        actor.require(Role.SYSTEM_ADMIN);
        var faults = new Invalid.Faults();
        var before = new ArrayList<Integer>();
        for (var word : (entry.before() == null ? "" : entry.before()).split("[\\s,，、;；]+", -1))
            if (!word.isEmpty())
                number(word, ReminderRule.BEFORE_MAX)
                        .ifPresentOrElse(before::add, () -> before.add(-1));
        if (before.contains(-1) || before.size() > ReminderRule.TIMES_MAX)
            faults.add(
                    "before",
                    "reminder.before",
                    Map.of("max", ReminderRule.BEFORE_MAX, "times", ReminderRule.TIMES_MAX));
        var after =
                number(
                        entry.escalateAfter() == null ? "" : entry.escalateAfter().strip(),
                        ReminderRule.ESCALATE_MAX);
        if (after.isEmpty())
            faults.add(
                    "escalateAfter", "range", Map.of("min", 1, "max", ReminderRule.ESCALATE_MAX));
        faults.refuseIfAny();
        var rule = new ReminderRule(before, after.orElseThrow());
        table.change(rule);
        events.publishEvent(
                new ReminderRuleChanged(
                        rule.before(), rule.escalateAfter(), actor, clock.instant()));
        return rule;
    }

    private static Optional<Integer> number(String text, int max) {
        if (!text.matches("[0-9]{1,4}")) return Optional.empty();
        var number = Integer.parseInt(text);
        return number >= 1 && number <= max ? Optional.of(number) : Optional.empty();
    }

    /**
     * What is late, the latest first: of all departments for the authority, else of one's own.
     *
     * @param organization only of this one; empty for the authority's own; null for all
     */
    public List<Late> late(Actor actor, @Nullable String organization) {
        actor.require(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY);
        var own = actor.has(Role.AUTHORITY) ? null : actor.requiredOrganization();
        var today = today();
        var calendar = days.current();
        return works.stream()
                .flatMap(room -> room.duties(today.minusDays(1), own).stream())
                .filter(it -> organization == null || organization.equals(of(it)))
                .map(it -> new Late(it, -left(calendar, today, it)))
                .sorted(Comparator.comparing((Late it) -> it.due().due()))
                .toList();
    }

    /** Who has to act; empty for the authority. */
    static String of(Due it) {
        return it.organization() == null ? "" : it.organization();
    }

    /**
     * Tells whatever is to be told now and was not told yet; nothing on days of rest and outside of
     * the hours in which people may be reached. How many were told.
     */
    @Trusted("the clock and the demo city look; people are told only of what waits for them")
    public int look() {
        return look(new Aside(null));
    }

    /** Looks at one that broke, too; where it breaks again, the failure says so. */
    @Trusted("the clock looks again at what broke")
    void again(String key) {
        look(new Aside(key));
    }

    private int look(Aside aside) {
        if (!delivery.open(clock.instant())) return 0;
        var today = today();
        var rule = table.rule();
        var calendar = days.current();
        var last = rule.furthest() == 0 ? today : calendar.due(today, rule.furthest()).date();
        var careToo = careToo();
        var due =
                works.stream()
                        .filter(room -> careToo || room.hasDuties())
                        .flatMap(room ->
                                aside
                                        .apart(
                                                room.getClass().getSimpleName(),
                                                List.<Due>of(),
                                                () -> room.dueBy(last))
                                        .stream())
                        .toList();
        if (due.isEmpty()) return 0;
        var told = table.told(due.stream().map(Due::id).toList());
        int count = 0;
        var bundles = new LinkedHashMap<Bundle, List<Wanted>>();
        for (var it : due)
            for (var wanted :
                    aside.apart(
                            it.id(), List.<Wanted>of(), () -> wanted(it, rule, calendar, today))) {
                if (told.contains(wanted.key())) continue;
                var together = it.together();
                if (together != null && !wanted.key().stage().equals(ESCALATED))
                    bundles.computeIfAbsent(bundle(wanted, together), _ -> new ArrayList<>())
                            .add(wanted);
                else if (aside.apart(it.id(), false, () -> tell(wanted))) count++;
            }
        for (var those : bundles.values())
            count += aside.apart(those.getFirst().due().id(), 0, () -> tell(those));
        return count;
    }

    /** One that breaks becomes an item of work, and the others are told. */
    private final class Aside {
        private final Set<String> aside = new HashSet<>(work.keys(KIND));
        private final @Nullable String tried;

        /**
         * @param tried the item that is tried again
         */
        Aside(@Nullable String tried) {
            this.tried = tried;
            aside.remove(tried);
        }

        <T> T apart(String key, T nothing, Supplier<T> part) {
            if (aside.contains(key)) return nothing;
            try {
                return part.get();
            } catch (RuntimeException broke) {
                if (Outage.isBehind(broke) || key.equals(tried)) throw broke;
                work.aside(KIND, key, broke);
                aside.add(key);
                return nothing;
            }
        }
    }

    /** Forgets a piece of what was told so long ago that nobody asks for it; how much it was. */
    @Trusted("the clock; what people were told is not lost by it, only that it was told once")
    @Transactional
    public int forget(int limit) {
        return table.forget(clock.instant().minus(KEPT), limit);
    }

    /** What is no duty is much, and told by days: it is not looked for at each turn. */
    private boolean careToo() {
        var now = clock.instant();
        if (Duration.between(caredAt, now).abs().compareTo(CARE_EVERY) < 0) return false;
        caredAt = now;
        return true;
    }

    /** What is late comes together whatever day it was due on. */
    private static Bundle bundle(Wanted it, String together) {
        var late = it.left() < 0;
        return new Bundle(
                it.due().what(),
                of(it.due()),
                together,
                late ? "LATE" : it.key().stage(),
                late ? LocalDate.EPOCH : it.due().due());
    }

    private List<Wanted> wanted(
            Due it, ReminderRule rule, WorkingDayCalendar calendar, LocalDate today) {
        var left = left(calendar, today, it);
        if (!it.due().isBefore(today)) {
            var stage = rule.stage(left);
            if (left == 0) return List.of(wanted(it, DUE, left));
            return stage == 0 ? List.of() : List.of(wanted(it, "BEFORE_" + stage, left));
        }
        return switch (it.after()) {
            case EACH_DAY -> {
                var late = wanted(it, "LATE_" + today, left);
                yield -left >= rule.escalateAfter()
                        ? List.of(late, wanted(it, ESCALATED, left))
                        : List.of(late);
            }
            case EACH_WEEK -> List.of(wanted(it, "WEEK_" + week(left), left));
            case NOTHING -> List.of();
        };
    }

    /** Which week of being late it is: the first begins on the first working day after. */
    private static int week(int left) {
        return Math.max(0, -left - 1) / WEEK;
    }

    private static Wanted wanted(Due it, String stage, int left) {
        return new Wanted(it, new ReminderTable.Key(it.id(), it.due(), stage), left);
    }

    /** The record and what is told are one transaction: never lost, never twice. */
    private boolean tell(Wanted wanted) {
        return Boolean.TRUE.equals(
                transaction.execute(_ -> {
                    if (!table.claim(wanted.key(), clock.instant())) return false;
                    if (wanted.key().stage().equals(ESCALATED)) escalate(wanted);
                    else remind(wanted);
                    return true;
                }));
    }

    /** Several of a kind in one sentence; how many reminders that are. */
    private int tell(List<Wanted> those) {
        if (those.size() == 1) return tell(those.getFirst()) ? 1 : 0;
        return Objects.requireNonNull(
                transaction.execute(_ -> {
                    var now = clock.instant();
                    var first = those.stream().filter(it -> table.claim(it.key(), now)).toList();
                    if (first.size() == 1) remind(first.getFirst());
                    if (first.size() > 1) remind(first);
                    return first.size();
                }));
    }

    private void remind(Wanted wanted) {
        remind(wanted.due(), new Notice(key(wanted), facts(wanted), wanted.due().path()));
    }

    /** The first is the one that is due first. */
    private void remind(List<Wanted> those) {
        var first = those.getFirst();
        var facts = facts(first);
        facts.put("count", those.size());
        remind(
                first.due(),
                new Notice(
                        key(first) + ".many",
                        facts,
                        Objects.requireNonNull(first.due().together())));
    }

    private void remind(Due it, Notice notice) {
        if (it.organization() == null) notices.tell(it.roles(), notice);
        else notices.tell(it.organization(), it.roles(), notice);
    }

    private static String key(Wanted it) {
        if (it.left() < 0) return "reminder.late";
        return it.left() == 0 ? "reminder.today" : "reminder.before";
    }

    private void escalate(Wanted wanted) {
        var it = wanted.due();
        var facts = facts(wanted);
        facts.put(
                "organization",
                it.organization() == null
                        ? Notices.word("late.authority")
                        : Notices.organization(it.organization()));
        notices.tell(
                AUTHORITY, new Notice("reminder.escalated", facts, "/late?organization=" + of(it)));
        events.publishEvent(
                new DeadlineEscalated(
                        it.id(),
                        it.number(),
                        of(it),
                        it.due(),
                        -wanted.left(),
                        Actor.PLATFORM,
                        clock.instant()));
    }

    private static Map<String, Object> facts(Wanted wanted) {
        var it = wanted.due();
        var facts = new HashMap<String, Object>();
        facts.put("what", Notices.word(it.what()));
        facts.put("title", it.title());
        facts.put("number", it.number());
        facts.put("due", it.due().toString());
        facts.put("days", Math.abs(wanted.left()));
        return facts;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Clock.ZONE);
    }

    private static int left(WorkingDayCalendar calendar, LocalDate today, Due it) {
        return calendar.workingDaysBetween(today, it.due());
    }
}
