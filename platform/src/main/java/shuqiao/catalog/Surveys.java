package shuqiao.catalog;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shuqiao.engine.Table;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Door;
import shuqiao.kernel.Role;

/** 大普查: the six numbers as a table and its deliveries have them, and their sums by department. */
@Door
public class Surveys {

    private static final BigDecimal GIGABYTE = BigDecimal.valueOf(1L << 30);
    private static final int DECIMALS = 3;

    /**
     * The sums of a department, over what it has published.
     *
     * @param resources how many are published
     * @param filled of them, those with any number
     */
    public record Sum(String provider, long resources, long filled, Survey survey) {}

    private final SurveyTable table;
    private final Records records;
    private final LiveTables live;
    private final List<ResourceUse> uses;

    Surveys(SurveyTable table, Records records, LiveTables live, List<ResourceUse> uses) {
        this.table = table;
        this.records = records;
        this.live = live;
        this.uses = uses;
    }

    /** Of every department that publishes. */
    public List<Sum> sums(Actor actor) {
        actor.require(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY);
        return table.sums();
    }

    /**
     * What the statistics of the mounted table and the deliveries say; asks the department's
     * database. Null where nothing is mounted.
     */
    public @Nullable Survey measured(Actor actor, long id) {
        actor.require(Role.STEWARD);
        var resource = records.own(actor, id);
        var mount = resource.mount();
        if (mount.isEmpty()) return null;
        var given = uses.stream().mapToLong(room -> room.rowsDelivered(id)).max().orElse(0);
        return measured(live.table(mount.orElseThrow()), given, resource.description().open());
    }

    /** Of a part of the rows, the same part of the bytes. */
    static Survey measured(Table table, long given, boolean open) {
        var rows = Math.max(0, table.summary().rowEstimate().orElse(0));
        var bytes = BigDecimal.valueOf(table.summary().bytes());
        var storage = gigabytes(bytes);
        var shared = rows == 0 ? given : Math.min(given, rows);
        var sharedBytes =
                rows == 0
                        ? BigDecimal.ZERO
                        : bytes.multiply(BigDecimal.valueOf(shared))
                                .divide(BigDecimal.valueOf(rows), MathContext.DECIMAL64);
        return new Survey(
                storage,
                rows,
                gigabytes(sharedBytes).min(storage),
                shared,
                open ? storage : BigDecimal.ZERO,
                open ? rows : 0L);
    }

    private static BigDecimal gigabytes(BigDecimal bytes) {
        return bytes.divide(GIGABYTE, DECIMALS, RoundingMode.HALF_UP);
    }
}
