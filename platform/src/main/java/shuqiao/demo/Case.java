package shuqiao.demo;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shuqiao.engine.FileFormat;
import shuqiao.sharing.AskEntry;
import shuqiao.sharing.AwardEntry;
import shuqiao.sharing.DecisionEntry;
import shuqiao.sharing.ExtensionEntry;

/**
 * One request of the past, told step by step. Days count back from the first start: up to {@link
 * #NEAR} working days, beyond that days of the calendar.
 */
final class Case {

    static final int NEAR = 40;

    private final Past past;
    private final Chronicle.Telling telling;
    private final Cast.Department consumer;
    private final Sheet sheet;
    private final String key;
    private @Nullable List<String> fields;
    private @Nullable String filter;
    private Map<String, String> masks = Map.of();
    private String purpose = "ADMINISTRATIVE_BASIS";
    private String basis = Story.LAW;
    private int term = 300;
    private java.time.LocalDateTime last = java.time.LocalDateTime.MIN;

    Case(Past past, Chronicle.Telling telling, Cast.Department consumer, String table) {
        this.past = past;
        this.telling = telling;
        this.consumer = consumer;
        this.sheet = Sheets.shipped().table(table);
        this.key = consumer.database() + "/" + table;
    }

    // ---- what is asked for ----

    Case fields(String... columns) {
        fields = List.of(columns);
        return this;
    }

    Case filter(String json) {
        filter = json;
        return this;
    }

    Case masks(Map<String, String> rules) {
        masks = rules;
        return this;
    }

    Case purpose(String kind) {
        purpose = kind;
        return this;
    }

    Case basis(String law) {
        basis = law;
        return this;
    }

    /** Last day, counted from the first start; negative when it is over. */
    Case until(int days) {
        term = days;
        return this;
    }

    // ---- what was done ----

    Case drafted(int ago, String matter, String words) {
        on(
                ago,
                LocalTime.of(9, 12),
                "draft",
                () ->
                        past.sharing()
                                .draft(
                                        Cast.steward(consumer),
                                        new AskEntry(
                                                past.shelf().resource(sheet.table()),
                                                fields == null ? null : List.copyOf(fields),
                                                filter == null ? null : past.json(filter),
                                                Map.copyOf(masks),
                                                purpose,
                                                words,
                                                basis,
                                                matter,
                                                "snapshot",
                                                day(ago).toString(),
                                                telling.today().plusDays(term).toString())));
        return this;
    }

    Case sent(int ago) {
        return step(ago, LocalTime.of(10, 35), "send", id -> past.sharing().send(theirs(), id));
    }

    Case asked(int ago, String matter, String words) {
        return drafted(ago, matter, words).sent(ago);
    }

    Case accepted(int ago) {
        return step(
                ago,
                LocalTime.of(14, 5),
                "accept",
                id -> past.decisions().accept(Cast.authority(), id));
    }

    Case returned(int ago, String reason) {
        return step(
                ago,
                LocalTime.of(14, 20),
                "return",
                id -> past.decisions().giveBack(Cast.authority(), id, reason));
    }

    Case withdrawn(int ago, String reason) {
        return step(
                ago,
                LocalTime.of(16, 10),
                "withdraw",
                id -> past.sharing().withdraw(Cast.steward(consumer), id, reason));
    }

    Case prepared(int ago, String proposal) {
        return step(
                ago,
                LocalTime.of(15, 20),
                "prepare",
                id -> past.decisions().prepare(Cast.steward(provider()), id, proposal));
    }

    Case granted(int ago, String opinion) {
        return decided(
                ago,
                new DecisionEntry(
                        "GRANT", null, null, null, null, null, opinion, null, null, null));
    }

    Case grantedInPart(int ago, List<String> given, Map<String, String> rules, String reason) {
        return decided(
                ago,
                new DecisionEntry(
                        "GRANT_IN_PART",
                        List.copyOf(given),
                        null,
                        Map.copyOf(rules),
                        null,
                        null,
                        "同意部分提供",
                        reason,
                        null,
                        null));
    }

    Case refused(int ago, String reason, String law) {
        return decided(
                ago,
                new DecisionEntry(
                        "REFUSE", null, null, null, null, null, null, reason, "LAW", law));
    }

    private Case decided(int ago, DecisionEntry entry) {
        return step(
                ago,
                LocalTime.of(16, 40),
                "decide",
                id -> past.decisions().decide(ours(), id, entry));
    }

    Case extensionAsked(int ago, int days, String reason) {
        return step(
                ago,
                LocalTime.of(9, 50),
                "extension",
                id -> past.extensions().ask(ours(), id, new ExtensionEntry(days, reason)));
    }

    Case extended(int ago, int days) {
        return step(
                ago,
                LocalTime.of(11, 15),
                "extend",
                id ->
                        past.extensions()
                                .consent(
                                        Cast.authority(),
                                        id,
                                        new ExtensionEntry(days, "情况属实，同意延长")));
    }

    Case negotiated(int ago, String reason) {
        return step(
                ago,
                LocalTime.of(9, 30),
                "negotiate",
                id -> past.disputes().negotiate(theirs(), id, reason));
    }

    Case kept(int ago, String reason) {
        return step(
                ago, LocalTime.of(15, 45), "keep", id -> past.disputes().keep(ours(), id, reason));
    }

    Case appealed(int ago, String reason) {
        return step(
                ago,
                LocalTime.of(10, 10),
                "appeal",
                id -> past.disputes().appeal(theirs(), id, reason));
    }

    Case awarded(int ago, String outcome, @Nullable List<String> given, String reason) {
        return step(
                ago,
                LocalTime.of(17, 5),
                "award",
                id ->
                        past.disputes()
                                .award(
                                        Cast.authority(),
                                        id,
                                        new AwardEntry(
                                                outcome,
                                                given == null ? null : List.copyOf(given),
                                                null,
                                                null,
                                                null,
                                                null,
                                                reason,
                                                Story.LAW)));
    }

    Case revoked(int ago, String reason) {
        return step(
                ago,
                LocalTime.of(11, 40),
                "revoke",
                id -> past.grants().revoke(ours(), past.grant(consumer, id), reason));
    }

    /** A delivery into {@code exchange.<table>}, waited for. */
    Case delivered(int ago, String target) {
        return delivered(ago, LocalTime.of(20, 15), target);
    }

    /** The same at an hour of the day that is kept, if need be on a later day. */
    Case delivered(int ago, LocalTime time, String target) {
        var day = day(ago);
        while (!day.atTime(time).isAfter(last)) day = day.plusDays(1);
        last = day.atTime(time);
        telling.on(
                day,
                time,
                key + "/run" + ago,
                () -> past.deliver(consumer, past.request(consumer, sheet), target));
        return this;
    }

    /** A delivery into a file in the evening, waited for. */
    Case filed(int ago, FileFormat format) {
        on(
                ago,
                LocalTime.of(20, 15),
                "file" + ago,
                () -> past.file(consumer, past.request(consumer, sheet), format));
        return this;
    }

    private interface Move {
        void make(long request) throws Exception;
    }

    private Case step(int ago, LocalTime time, String what, Move move) {
        on(ago, time, what, () -> move.make(past.request(consumer, sheet)));
        return this;
    }

    private void on(int ago, LocalTime time, String what, Chronicle.Act act) {
        var at = day(ago).atTime(time.plusMinutes(Math.floorMod(key.hashCode(), 14)));
        // days may fall together around holidays; steps never do
        if (!at.isAfter(last)) at = last.plusMinutes(20);
        last = at;
        telling.on(at.toLocalDate(), at.toLocalTime(), key + "/" + what, act);
    }

    private LocalDate day(int ago) {
        return ago <= NEAR ? telling.workday(ago) : telling.day(ago);
    }

    private Cast.Department provider() {
        return Cast.keeper(sheet.database());
    }

    private shuqiao.kernel.Actor ours() {
        return Cast.reviewer(provider());
    }

    private shuqiao.kernel.Actor theirs() {
        return Cast.reviewer(consumer);
    }
}
