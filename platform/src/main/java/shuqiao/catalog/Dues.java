package shuqiao.catalog;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;
import shuqiao.kernel.WorkingDays;

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
        long last = 0;
        while (true) {
            var piece = table.after(last, PIECE);
            if (piece.isEmpty()) return;
            piece.forEach(this::renew);
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
        var due = freshness(row).map(Freshness::due).orElse(null);
        if (!Objects.equals(due, row.due())) table.put(row.resource(), due);
    }

    private Optional<Freshness> freshness(DueTable.Row row) {
        return Freshness.of(row.cycle(), row.asOf(), days.today(), days.current());
    }
}
