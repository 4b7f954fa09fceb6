package shuqiao.upkeep;

import java.time.InstantSource;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import shuqiao.catalog.Catalog;
import shuqiao.catalog.ResourcePublished;
import shuqiao.catalog.ResourceWithdrawn;
import shuqiao.sharing.GrantRevoked;
import shuqiao.source.SourceAddressChanged;

/** What follows in the same transaction from what happens to resources and grants. */
@Component
class Happenings {

    private final Catalog catalog;
    private final WatchTable watches;
    private final DifferenceTable differences;
    private final Flags flags;
    private final Endings endings;
    private final SourceMoves moves;
    private final InstantSource clock;

    Happenings(
            Catalog catalog,
            WatchTable watches,
            DifferenceTable differences,
            Flags flags,
            Endings endings,
            SourceMoves moves,
            InstantSource clock) {
        this.catalog = catalog;
        this.watches = watches;
        this.differences = differences;
        this.flags = flags;
        this.endings = endings;
        this.moves = moves;
        this.clock = clock;
    }

    /** Before the commit, when the version can be read. */
    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT)
    void published(ResourcePublished event) {
        var version = catalog.published(event.resource()).orElseThrow();
        watches.follow(version, clock.instant());
        if (version.version() > 1) flags.published(version, event.by());
    }

    @EventListener
    void moved(SourceAddressChanged event) {
        moves.sourceMoved(event);
    }

    @EventListener
    void withdrawn(ResourceWithdrawn event) {
        endings.over(event.resource(), event.by());
        watches.forget(event.resource());
        differences.closeAll(event.resource(), clock.instant());
    }

    @EventListener
    void revoked(GrantRevoked event) {
        flags.over(event.grant());
    }
}
