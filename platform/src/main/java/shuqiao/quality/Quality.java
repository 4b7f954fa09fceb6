package shuqiao.quality;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.calendar.CalendarImported;
import shuqiao.catalog.Band;
import shuqiao.catalog.Catalog;
import shuqiao.catalog.CatalogEvent.DataUpdated;
import shuqiao.catalog.CatalogEvent.ResourcePublished;
import shuqiao.catalog.CatalogEvent.ResourceWithdrawn;
import shuqiao.catalog.ClassNode;
import shuqiao.catalog.Classification;
import shuqiao.catalog.DataUpdates;
import shuqiao.catalog.Description;
import shuqiao.catalog.Freshness;
import shuqiao.catalog.PublishedResource;
import shuqiao.catalog.ResourceQuery;
import shuqiao.catalog.Sight;
import shuqiao.catalog.Stage;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Door;
import shuqiao.kernel.Opening;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.Telling;
import shuqiao.kernel.Tells;
import shuqiao.kernel.Trusted;
import shuqiao.kernel.Where;
import shuqiao.kernel.WorkingDays;
import shuqiao.kit.Entry;
import shuqiao.upkeep.MountLooked;

/** 目录质量: judges each valid version when it was published, and a draft while it is looked at. */
@Door
public class Quality implements Tells {

    private static final int PIECE = 200;

    /**
     * How a resource stands, as its reader sees it.
     *
     * @param valid whether it is the published version that was judged, not a draft
     * @param checkedOn last day on which the live table was looked at; null for a draft
     * @param differs items that did not fit it then
     */
    public record Standing(
            long resource,
            String name,
            String provider,
            int version,
            Stage state,
            boolean valid,
            Score score,
            @Nullable LocalDate checkedOn,
            int differs) {}

    private final QualityTable table;
    private final Catalog catalog;
    private final Classification classification;
    private final DataUpdates updates;
    private final WorkingDays days;
    private final TransactionTemplate transaction;

    Quality(
            QualityTable table,
            Catalog catalog,
            Classification classification,
            DataUpdates updates,
            WorkingDays days,
            TransactionTemplate transaction) {
        this.table = table;
        this.catalog = catalog;
        this.classification = classification;
        this.updates = updates;
        this.days = days;
        this.transaction = transaction;
    }

    /** As the actor may see it: one's own as it is worked on, another's as it is published. */
    public Standing find(Actor actor, long resource) {
        var it = catalog.find(actor, resource);
        return of(it, it.description());
    }

    /** The published version by what is kept of it; a draft by its words. */
    Standing of(Sight it, Description words) {
        var row = table.find(it.id(), days.today()).orElse(null);
        var valid = row != null && row.version() == it.version() && words.equals(it.description());
        var score = valid && row != null ? row.score() : judged(it, words, row);
        return new Standing(
                it.id(),
                words.name(),
                it.provider(),
                it.version(),
                it.state(),
                valid,
                score,
                row == null ? null : row.checkedOn(),
                row == null ? 0 : row.differs());
    }

    private Score judged(Sight it, Description words, QualityTable.@Nullable Row row) {
        var facts =
                new Judgement.Facts(
                        it.code() != null || leaves().contains(words.classification()),
                        it.mount().isPresent() || !it.inside(),
                        row == null || !lost(row.score(), Point.CHECKED),
                        row == null || !lost(row.score(), Point.UPDATED));
        return Judgement.of(words, facts);
    }

    private static boolean lost(Score score, Point point) {
        return score.lost().stream().anyMatch(it -> it.point() == point);
    }

    /** The lowest of the actor's department below the mark, for its steward to begin with. */
    List<QualityTable.Row> lowest(Actor actor, int limit) {
        var own = actor.organization();
        if (own == null || !actor.has(Role.STEWARD)) return List.of();
        var low = QualityTable.narrowed(Entry.of("provider", own, "band", Band.LOW));
        return table.list(low, days.today(), limit, 0);
    }

    @Override
    @Trusted("what the platform tells itself; nobody is answered")
    public List<Telling<?>> tellings() {
        return List.of(
                new Telling<>("quality.published", ResourcePublished.class, this::follow),
                new Telling<>("quality.withdrawn", ResourceWithdrawn.class, this::follow),
                new Telling<>("quality.looked", MountLooked.class, this::follow),
                new Telling<>("quality.updated", DataUpdated.class, this::follow),
                new Telling<>("quality.calendar", CalendarImported.class, this::follow));
    }

    /** It may have been withdrawn since. */
    private void follow(ResourcePublished published) {
        catalog.published(published.resource())
                .filter(it -> !it.withdrawn())
                .ifPresent(it -> {
                    judge(it, updates.freshness(it.id()).orElse(null));
                    table.find(it.id(), days.today())
                            .ifPresent(row -> tell(it.id(), row.score().value()));
                });
    }

    /** A piece of what searches do not know yet; false when they know all. */
    @Trusted("the clock tells what was judged")
    public boolean tell() {
        var where = new Where().and("value is distinct from told");
        var untold = table.list(where, days.today(), PIECE, 0);
        for (var row : untold)
            transaction.executeWithoutResult(_ -> tell(row.resource(), row.score().value()));
        return untold.size() == PIECE;
    }

    /** The entry before the score, as a publication locks them. */
    private void tell(long resource, int value) {
        catalog.scored(resource, value);
        table.told(resource, value);
    }

    private void follow(MountLooked looked) {
        table.checked(
                looked.resource(),
                looked.version(),
                looked.at().atZone(Clock.ZONE).toLocalDate(),
                looked.differs());
    }

    private void follow(ResourceWithdrawn withdrawn) {
        table.remove(withdrawn.resource());
    }

    private void follow(DataUpdated updated) {
        table.updatedUntil(
                updated.resource(),
                updates.freshness(updated.resource()).map(Freshness::due).orElse(null));
    }

    /** Other working days, other due dates. */
    private void follow(CalendarImported imported) {
        var all = table.all();
        for (int from = 0; from < all.size(); from += PIECE) {
            var piece = all.subList(from, Math.min(from + PIECE, all.size()));
            var fresh = updates.freshness(piece);
            for (var id : piece)
                table.updatedUntil(
                        id, Optional.ofNullable(fresh.get(id)).map(Freshness::due).orElse(null));
        }
    }

    /** What was published before this room was there, or judged by an older formula. */
    @EventListener
    void open(Opening opening) {
        var everything = new Page.Request(1, Long.MAX_VALUE);
        var published =
                catalog.search(Actor.PLATFORM, ResourceQuery.of("", null), everything).total();
        if (published != table.judged()) judgeAll();
    }

    void judgeAll() {
        long last = 0;
        while (true) {
            var piece = catalog.valid(last, PIECE);
            if (piece.isEmpty()) return;
            var fresh = updates.freshness(piece.stream().map(PublishedResource::id).toList());
            transaction.executeWithoutResult(
                    _ -> piece.forEach(it -> judge(it, fresh.get(it.id()))));
            last = piece.getLast().id();
        }
    }

    private void judge(PublishedResource it, @Nullable Freshness freshness) {
        // the code is given, so the class can no longer be mended
        var steady = Judgement.of(it.description(), new Judgement.Facts(true, true, true, true));
        table.put(it, steady, freshness == null ? null : freshness.due());
    }

    private Set<String> leaves() {
        var all = classification.all(Actor.PLATFORM);
        var leaves = all.stream().map(ClassNode::fullCode).collect(Collectors.toSet());
        all.forEach(it -> leaves.remove(it.parentFullCode()));
        return leaves;
    }
}
