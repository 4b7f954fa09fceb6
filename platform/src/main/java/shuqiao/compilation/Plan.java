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
 */
record Plan(
        List<Entry> ready,
        ImportReport.Tally tally,
        List<CellFault> faults,
        int all,
        int entries,
        int items) {

    /**
     * One entry.
     *
     * @param resource that it changes, or null
     * @param before what the draft says until then, or null
     */
    record Entry(
            int row,
            Act act,
            @Nullable Long resource,
            @Nullable Integer revision,
            @Nullable Description before,
            Description description) {}

    Plan {
        ready = List.copyOf(ready);
        faults = List.copyOf(faults);
    }
}
