package shuqiao.upkeep;

import java.time.InstantSource;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import shuqiao.catalog.Catalog;
import shuqiao.catalog.CatalogEvent.ResourcePublished;
import shuqiao.catalog.CatalogEvent.ResourceWithdrawn;
import shuqiao.kernel.Telling;
import shuqiao.kernel.Tells;
import shuqiao.sharing.GrantEvent.GrantRevoked;
import shuqiao.source.SourceEvent.SourceAddressChanged;

/**
 * What follows from what happens to resources and grants: with the act what has legal effect, after
 * it what only tells.
 */
@Component
record Happenings(
        Catalog catalog,
        WatchTable watches,
        DifferenceTable differences,
        Flags flags,
        Endings endings,
        SourceMoves moves,
        InstantSource clock)
        implements Tells {

    @Override
    public List<Telling<?>> tellings() {
        return List.of(
                new Telling<>("upkeep.published", ResourcePublished.class, this::published),
                new Telling<>("upkeep.revoked", GrantRevoked.class, this::revoked));
    }

    /** What it was published as may be over: a newer one is told by itself. */
    private void published(ResourcePublished event) {
        var version = catalog.published(event.resource()).orElse(null);
        if (version == null || version.withdrawn() || version.version() != event.version()) return;
        watches.follow(version, clock.instant());
        if (version.version() > 1) flags.published(version, event.by());
    }

    /** With the change itself: who confirms it sees what it flagged. */
    @EventListener
    void moved(SourceAddressChanged event) {
        moves.sourceMoved(event);
    }

    /** With the withdrawal itself, which ends what was announced and all grants. */
    @EventListener
    void withdrawn(ResourceWithdrawn event) {
        endings.over(event.resource(), event.by());
        watches.forget(event.resource());
        differences.closeAll(event.resource(), clock.instant());
    }

    private void revoked(GrantRevoked event) {
        flags.over(event.grant());
    }
}
