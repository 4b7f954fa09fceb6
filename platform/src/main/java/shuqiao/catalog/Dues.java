package shuqiao.catalog;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import shuqiao.kernel.WorkingDays;
import shuqiao.standard.WorkingDayCalendar;

/** Counts by which day data must be newer, whenever what that rests on has changed. */
@Component
class Dues {

    private static final int PIECE = 1_000;

    private final DueTable table;
    private final WorkingDays days;

    Dues(DueTable table, WorkingDays days) {
        this.table = table;
        this.days = days;
    }

    /** After a publication, or a word that the data is new. */
    void renew(long resource) {
        table.of(List.of(resource)).forEach(this::renew);
    }

    /** Nothing is promised any more. */
    void forget(long resource) {
        table.put(resource, null);
    }

    /** All of them, after the calendar changed. */
    void renewAll() {
        var calendar = days.current();
        long last = 0;
        while (true) {
            var piece = table.after(last, PIECE);
            if (piece.isEmpty()) return;
            var changed = new HashMap<Long, @Nullable LocalDate>();
            for (var row : piece) {
                var due = due(row, calendar);
                if (!Objects.equals(due, row.due())) changed.put(row.resource(), due);
            }
            table.put(changed);
            last = piece.getLast().resource();
        }
    }

    Map<Long, Freshness> of(Collection<Long> resources) {
        var all = new HashMap<Long, Freshness>();
        for (var row : table.of(resources))
            freshness(row).ifPresent(it -> all.put(row.resource(), it));
        return all;
    }

    private void renew(DueTable.Row row) {
        var due = due(row, days.current());
        if (!Objects.equals(due, row.due())) table.put(row.resource(), due);
    }

    private static @Nullable LocalDate due(DueTable.Row row, WorkingDayCalendar calendar) {
        return Freshness.due(row.cycle(), row.asOf(), calendar).orElse(null);
    }

    private Optional<Freshness> freshness(DueTable.Row row) {
        return Freshness.of(row.cycle(), row.asOf(), days.today(), days.current());
    }
}
