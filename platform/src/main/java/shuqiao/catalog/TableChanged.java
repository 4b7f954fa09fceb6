package shuqiao.catalog;

import java.util.List;
import java.util.Map;
import shuqiao.kernel.Refusal;

/** The live table is no longer what was mounted; each item that does not fit is named. */
public final class TableChanged extends Refusal {

    TableChanged(String table, List<Fault> faults) {
        super(
                Kind.CONFLICT,
                "catalog:table-changed",
                Map.of("table", table, "count", faults.size()),
                faults);
    }
}
