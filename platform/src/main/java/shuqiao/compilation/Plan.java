package shuqiao.compilation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import shuqiao.catalog.Description;
import shuqiao.workbook.CellFault;
import shuqiao.workbook.ImportReport;

/**
 * What a workbook would do.
 *
 * @param ready entries without an error
 * @param faults at most {@link TrialFaults#FAULTS_MAX}
 * @param all number of faults there are
 * @param rows that somebody has written into
 */
record Plan(
        List<Entry> ready,
        ImportReport.Tally tally,
        List<CellFault> faults,
        int all,
        int entries,
        int items,
        int rows) {

    /**
     * One entry.
     *
     * @param resource that it changes, or null
     * @param before what the draft says until then, or null
     * @param known what the catalog says of it, or null where it is new
     */
    record Entry(
            String sheet,
            int row,
            Act act,
            @Nullable Long resource,
            @Nullable Integer revision,
            @Nullable Description before,
            @Nullable Description known,
            Description description) {

        boolean updates() {
            return act == Act.CHANGED || act == Act.VERSION;
        }
    }

    /** Those that would change what is there. */
    List<Entry> updates() {
        return ready.stream().filter(Entry::updates).toList();
    }

    Plan {
        ready = List.copyOf(ready);
        faults = List.copyOf(faults);
    }
}
