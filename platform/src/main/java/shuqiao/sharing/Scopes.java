package shuqiao.sharing;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import shuqiao.engine.FilterReader;
import shuqiao.engine.Mask;
import shuqiao.engine.Scope;
import shuqiao.engine.Table;
import shuqiao.kernel.EngineRefusal;
import shuqiao.kernel.Invalid;

/** Turns what is asked or given into the scope that the rails obey, against the live table. */
final class Scopes {

    private Scopes() {}

    /** Refuses a filter of the wrong type, a mask that does not suit, a column that is gone. */
    static Scope of(Table live, Ask ask) {
        return EngineRefusal.asked(() ->
                Scope.of(
                        live,
                        ask.fields(),
                        new FilterReader(live).read(ask.filter()),
                        masks(ask),
                        ask.purposeOfScope(),
                        ask.from(),
                        Optional.of(ask.until())));
    }

    /**
     * Where nobody decides, a filter may name shareable columns only: rows chosen by a hidden
     * column would tell what stands in it.
     */
    static void refuseHiddenColumns(Scope scope, Offer offer) {
        var faults = new Invalid.Faults();
        for (var condition : scope.filter())
            if (!offer.shareable().contains(condition.field()))
                faults.add(
                        "filter." + condition.field(),
                        "sharing.filter-not-shareable",
                        Map.of("field", condition.field()));
        faults.refuseIfAny();
    }

    /** Refuses what cannot be read as the live table has it. */
    static void readFilter(Table live, String filter) {
        EngineRefusal.asked(() -> new FilterReader(live).read(filter));
    }

    private static Map<String, Mask> masks(Ask ask) {
        var masks = new HashMap<String, Mask>();
        ask.masks().forEach((column, rule) -> masks.put(column, Mask.named(rule).orElseThrow()));
        return masks;
    }
}
