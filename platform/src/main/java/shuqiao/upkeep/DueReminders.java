package shuqiao.upkeep;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.catalog.DataUpdates;
import shuqiao.kernel.Notices;
import shuqiao.kernel.Role;

/** Tells providers that data is due: on the day, then once in each week after it. */
@Component
class DueReminders {

    private static final int DUE_MAX = 50_000;
    private static final int PIECE = 500;
    private static final int WEEK = 7;

    private final DueReminderTable table;
    private final DataUpdates updates;
    private final Notices notices;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    DueReminders(
            DueReminderTable table,
            DataUpdates updates,
            Notices notices,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.table = table;
        this.updates = updates;
        this.notices = notices;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Says what was not said yet; each reminder is kept with the fact that it was said. */
    int turn(LocalDate today) {
        var all = updates.due(today, null, DUE_MAX);
        var said = 0;
        for (var from = 0; from < all.size(); from += PIECE) {
            var piece = all.subList(from, Math.min(from + PIECE, all.size()));
            said += Objects.requireNonNull(transaction.execute(_ -> say(piece, today)));
        }
        return said;
    }

    private int say(List<DataUpdates.Due> piece, LocalDate today) {
        var told =
                piece.stream()
                        .map(it ->
                                new DueReminderTable.Told(
                                        it.resource(), it.due(), (int) (days(it, today) / WEEK)))
                        .toList();
        var fresh = table.say(told, clock.instant());
        piece.stream().filter(it -> fresh.contains(it.resource())).forEach(it -> tell(it, today));
        return fresh.size();
    }

    private void tell(DataUpdates.Due it, LocalDate today) {
        var days = days(it, today);
        notices.tell(
                it.provider(),
                Set.of(Role.STEWARD),
                new Notices.Notice(
                        days == 0 ? "upkeep.due" : "upkeep.overdue",
                        Map.of(
                                "title", it.name(),
                                "cycle", Notices.word("UpdateCycle." + it.cycle()),
                                "due", it.due().toString(),
                                "days", days),
                        "/resources/" + it.resource()));
    }

    private static long days(DataUpdates.Due it, LocalDate today) {
        return ChronoUnit.DAYS.between(it.due(), today);
    }
}
