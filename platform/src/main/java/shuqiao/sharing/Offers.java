package shuqiao.sharing;

import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import shuqiao.engine.Table;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Invalid;

/** What can be asked for, from the catalog, and the live table behind it. */
@Component
class Offers {

    /** The version that is valid now; refused when there is none or it is not shared at all. */
    Offer required(long resource) {
        var offer =
                find(resource)
                        .orElseThrow(
                                () ->
                                        Invalid.field(
                                                "resource",
                                                "sharing.not-published",
                                                Map.of("resource", resource)));
        if (offer.withdrawn())
            throw new Conflict("sharing:withdrawn-resource", Map.of("title", offer.title()));
        return switch (offer.sharing()) {
            case UNCONDITIONAL, CONDITIONAL -> offer;
            case NOT_SHARED ->
                    throw new Conflict(
                            "sharing:not-shared",
                            Map.of("title", offer.title(), "basis", offer.condition()));
        };
    }

    Optional<Offer> find(long resource) {
        throw new UnsupportedOperationException("waits for the catalog");
    }

    /** Asks the department's database: never inside a transaction of ours. */
    Table live(Offer offer) {
        throw new UnsupportedOperationException("waits for the sources");
    }
}
