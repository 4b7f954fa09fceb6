package shuqiao.sharing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import shuqiao.catalog.Catalog;
import shuqiao.catalog.PublishedResource;
import shuqiao.catalog.ResourceEnding;
import shuqiao.catalog.SharingKind;
import shuqiao.engine.Table;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Unknown;
import shuqiao.source.Sources;

/** What can be asked for, from the catalog, and the live table behind it. */
@Component
class Offers {

    private final Catalog catalog;
    private final Sources sources;
    private final List<ResourceEnding> endings;

    Offers(Catalog catalog, Sources sources, List<ResourceEnding> endings) {
        this.catalog = catalog;
        this.sources = sources;
        this.endings = endings;
    }

    /** The version that is valid now; refused when there is none or it is not shared at all. */
    Offer required(long resource) {
        var offer =
                find(resource)
                        .orElseThrow(() ->
                                Invalid.field(
                                        "resource",
                                        "sharing.not-published",
                                        Map.of("resource", resource)));
        if (offer.withdrawn())
            throw new Conflict("sharing:withdrawn-resource", Map.of("title", offer.title()));
        refuseEnding(offer);
        return switch (offer.sharing()) {
            case UNCONDITIONAL, CONDITIONAL -> offer;
            case NOT_SHARED ->
                    throw new Conflict(
                            "sharing:not-shared",
                            Map.of("title", offer.title(), "basis", offer.condition()));
        };
    }

    private void refuseEnding(Offer offer) {
        for (var room : endings)
            room.of(offer.resource())
                    .ifPresent(announced -> {
                        throw new Conflict(
                                "sharing:ending-resource",
                                Map.of("title", offer.title(), "day", announced.day().toString()));
                    });
    }

    /** The version that is valid now, or the last one of a resource that was withdrawn. */
    Optional<Offer> find(long resource) {
        return catalog.published(resource).map(Offers::of);
    }

    /** Asks the department's database: never inside a transaction of ours. */
    Table live(Offer offer) {
        return sources.describe(offer.source(), offer.schema(), offer.table());
    }

    /**
     * Keeps what was looked at as it was until the caller's transaction ends: its source is not
     * removed, its version neither replaced nor withdrawn, its end not announced. Refused where
     * that has happened since.
     */
    void hold(Offer offer) {
        if (sources.hold(offer.source()).isEmpty()) throw new Unknown("source", offer.source());
        catalog.hold(offer.resource(), offer.version());
        refuseEnding(offer);
    }

    /**
     * Nobody decides on what they have not seen.
     *
     * @param seen the version that the actor looked at; null for whichever is valid
     * @throws Conflict when another one is valid by now
     */
    static void refuseUnseen(@Nullable Integer seen, Offer offer) {
        if (seen != null && seen != offer.version())
            throw new Conflict(
                    "catalog:superseded-meanwhile",
                    Map.of("title", offer.title(), "version", offer.version(), "seen", seen));
    }

    private static Offer of(PublishedResource it) {
        return new Offer(
                it.id(),
                it.code(),
                it.version(),
                it.name(),
                it.provider(),
                it.withdrawn(),
                it.sharingKind(),
                it.sharingKind() == SharingKind.NOT_SHARED ? it.basis() : it.condition(),
                Set.copyOf(it.range()),
                it.fields().stream().map(PublishedResource.Field::column).toList(),
                it.fields().stream()
                        .filter(PublishedResource.Field::shareable)
                        .map(PublishedResource.Field::column)
                        .toList(),
                it.source(),
                it.schema(),
                it.table(),
                it.rowSecurity());
    }
}
