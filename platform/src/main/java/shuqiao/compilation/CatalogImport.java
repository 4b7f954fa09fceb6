package shuqiao.compilation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.MultiValueMap;
import shuqiao.catalog.Catalog;
import shuqiao.catalog.Classification;
import shuqiao.catalog.Reviews;
import shuqiao.compilation.CompilationEvent.EntriesImportUndone;
import shuqiao.compilation.CompilationEvent.EntriesImported;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.NotAllowed;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.kernel.Standing;
import shuqiao.kernel.Unknown;
import shuqiao.organization.Organizations;
import shuqiao.workbook.HandedIn;
import shuqiao.workbook.Layout;
import shuqiao.workbook.Upload;
import shuqiao.workbook.Uploads;
import shuqiao.workbook.Workbook;

/**
 * Many entries at once, from a workbook: first a trial that changes nothing, then those that are
 * right, all in one transaction; and back again within the day, as long as they are drafts. A batch
 * is its uploader's own.
 */
@Door
public class CatalogImport {

    /** As long as the file is kept, and as an import can be undone. */
    static final Duration LIFE = Duration.ofDays(1);

    private static final int RECENT_MAX = 10;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd");

    /** What happens to entries that are there already. */
    public enum Known {
        UPDATE,
        SKIP
    }

    /** How an import was taken back: entries undone, and left because they have gone on. */
    public record Undone(int undone, int left) {}

    /** A batch with its file, read. */
    record Opened(Batch batch, Upload upload, HandedIn file, Layout layout) {

        Map<String, HandedIn.Place> places() {
            return batch.places() == null ? file.guess(layout) : batch.places();
        }

        Workbook book() {
            return file.as(layout, places());
        }

        /** Headings without which nothing can be told apart. */
        List<Layout.Column> missing() {
            var here = places();
            var sheet = here.get(EntryLayout.ENTRIES);
            if (sheet != null && sheet.columns().containsKey("name")) return List.of();
            return List.of(layout.sheet(EntryLayout.ENTRIES).column("name"));
        }
    }

    private final EntryLayout layouts;
    private final BatchTable batches;
    private final Uploads uploads;
    private final Catalog catalog;
    private final Reviews reviews;
    private final Classification classification;
    private final Organizations organizations;
    private final Standing standing;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    CatalogImport(
            EntryLayout layouts,
            BatchTable batches,
            Uploads uploads,
            Catalog catalog,
            Reviews reviews,
            Classification classification,
            Organizations organizations,
            Standing standing,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.layouts = layouts;
        this.batches = batches;
        this.uploads = uploads;
        this.catalog = catalog;
        this.reviews = reviews;
        this.classification = classification;
        this.organizations = organizations;
        this.standing = standing;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /** Keeps a workbook for a day, once it has proved to be one. */
    public Batch begin(Actor actor, @Nullable String fileName, byte[] content) {
        actor.require(Role.STEWARD);
        var provider = actor.requiredOrganization();
        var file = HandedIn.read(content);
        if (file.meta("template").filter(it -> !it.equals(EntryLayout.TEMPLATE)).isPresent())
            throw Invalid.field("file", "compilation.other-template");
        return Objects.requireNonNull(
                transaction.execute(_ -> kept(actor, provider, fileName, content, file)));
    }

    private Batch kept(
            Actor actor,
            String provider,
            @Nullable String fileName,
            byte[] content,
            HandedIn file) {
        var upload = uploads.keep(actor, EntryLayout.PURPOSE, fileName, content);
        batches.tidy(upload.at().minus(LIFE));
        var number = file.meta("batch").orElse("");
        var rounds = number.isEmpty() ? 0 : batches.rounds(provider, number);
        if (rounds == 0) number = number(upload.at());
        var batch =
                new Batch(
                        upload.id(),
                        number,
                        rounds + 1,
                        provider,
                        upload.at(),
                        upload.fileName(),
                        null,
                        null,
                        0,
                        0,
                        null);
        batches.insert(batch, actor.subject());
        return batch;
    }

    public Batch find(Actor actor, String id) {
        actor.require(Role.STEWARD);
        var batch = batches.find(id, actor.subject()).orElseThrow(() -> new Unknown("upload", id));
        actor.requireOrganization(batch.provider());
        return batch;
    }

    /** Those of the last day, newest first. */
    public List<Batch> recent(Actor actor) {
        actor.require(Role.STEWARD);
        return batches.of(actor.subject(), clock.instant().minus(LIFE), RECENT_MAX);
    }

    /** Reads the file of a batch again. */
    Opened open(Actor actor, String id) {
        var batch = find(actor, id);
        var upload = uploads.find(actor, EntryLayout.PURPOSE, id);
        var file = HandedIn.read(upload.content());
        var two = layouts.twoSheets(actor);
        var layout =
                file.has(two.sheet(EntryLayout.ENTRIES)) && file.has(two.sheet(EntryLayout.ITEMS))
                        ? two
                        : layouts.flat(actor);
        return new Opened(batch, upload, file, layout);
    }

    /** Says which columns stand for which, by key of the sheet and key of the column. */
    void place(Actor actor, Opened opened, Map<String, Map<String, Integer>> columns) {
        var places = new java.util.HashMap<>(opened.places());
        columns.forEach((sheet, said) -> {
            var place = places.get(sheet);
            if (place != null) places.put(sheet, place.with(said));
        });
        var entries = places.get(EntryLayout.ENTRIES);
        if (entries == null || !entries.columns().containsKey("name"))
            throw Invalid.field("columns", "compilation.no-name-column");
        for (var place : places.values())
            if (new HashSet<>(place.columns().values()).size() < place.columns().size())
                throw Invalid.field("columns", "compilation.column-twice");
        batches.place(find(actor, opened.batch().id()).id(), places);
    }

    /** The trial: nothing is changed. */
    Plan check(Actor actor, Workbook book, Progress progress) {
        actor.require(Role.STEWARD);
        var provider = actor.requiredOrganization();
        var ground =
                new EntryTrial.Ground(
                        organizations
                                .find(provider)
                                .orElseThrow(() -> new Unknown("organization", provider)),
                        organizations.all(actor),
                        classification.all(actor),
                        catalog.own(actor),
                        catalog.trial(actor),
                        clock.instant().atZone(Clock.ZONE).toLocalDate());
        return new EntryTrial(ground, book).of(progress);
    }

    /**
     * Takes the right entries, all of them or none. What its uploader may do is looked at when the
     * work begins and again when it is written: minutes may lie between.
     *
     * @param onlyIfAll refuses while any entry is wrong
     */
    Batch run(Actor asked, String id, boolean onlyIfAll, Known known, Progress progress) {
        var actor = now(asked);
        var opened = open(actor, id);
        if (opened.batch().importedAt() != null) throw new Conflict("compilation:imported");
        var plan = check(actor, opened.book(), progress);
        if (onlyIfAll && plan.tally().wrong() > 0)
            throw new Conflict("compilation:not-all", Map.of("wrong", plan.tally().wrong()));
        var wanted =
                plan.ready().stream()
                        .filter(entry ->
                                entry.act() == Act.ADDED
                                        || known == Known.UPDATE && entry.act() != Act.SAME)
                        .toList();
        if (wanted.isEmpty()) throw new Conflict("compilation:nothing");
        transaction.executeWithoutResult(_ -> {
            var still = now(actor);
            still.requireOrganization(opened.batch().provider());
            write(still, opened.batch(), wanted, progress);
        });
        return find(actor, id);
    }

    private Actor now(Actor asked) {
        var actor = standing.now(asked).orElseThrow(() -> NotAllowed.needs(Role.STEWARD));
        actor.require(Role.STEWARD);
        return actor;
    }

    private void write(Actor actor, Batch batch, List<Plan.Entry> wanted, Progress progress) {
        progress.begin(wanted.size());
        int added = 0;
        int done = 0;
        for (var entry : wanted) {
            batches.insert(batch.id(), written(actor, entry));
            if (entry.act() == Act.ADDED) added++;
            progress.at(++done);
        }
        var now = clock.instant();
        if (!batches.imported(batch.id(), now, added, wanted.size() - added))
            throw new Conflict("compilation:imported");
        events.publishEvent(
                new EntriesImported(
                        batch.number(),
                        batch.provider(),
                        added,
                        wanted.size() - added,
                        actor,
                        now));
    }

    private BatchTable.Imported written(Actor actor, Plan.Entry entry) {
        var resource =
                switch (entry.act()) {
                    case ADDED ->
                            catalog.draft(
                                    actor,
                                    new Catalog.NewResource(null, null, null, entry.description()));
                    case CHANGED ->
                            catalog.change(
                                    actor,
                                    Objects.requireNonNull(entry.resource()),
                                    entry.description(),
                                    entry.revision());
                    case VERSION -> {
                        var next =
                                reviews.newVersion(actor, Objects.requireNonNull(entry.resource()));
                        yield catalog.change(
                                actor, next.id(), entry.description(), next.revision());
                    }
                    case SAME -> throw new IllegalArgumentException("nothing to write");
                };
        return new BatchTable.Imported(
                resource.id(), entry.act(), resource.revision(), entry.before());
    }

    /** Takes an import of the last day back; what has gone on since stays as it is. */
    public Undone undo(Actor actor, String id) {
        var batch = find(actor, id);
        var now = clock.instant();
        if (!mayUndo(batch, now)) throw new Conflict("compilation:undo-over");
        int undone = 0;
        int left = 0;
        for (var it : batches.written(id))
            try {
                back(actor, it);
                undone++;
            } catch (Refusal _) {
                // sent for review, changed or gone since
                left++;
            }
        var told =
                new EntriesImportUndone(batch.number(), batch.provider(), undone, left, actor, now);
        transaction.executeWithoutResult(_ -> {
            if (batches.undone(id, now)) events.publishEvent(told);
        });
        return new Undone(undone, left);
    }

    private void back(Actor actor, BatchTable.Imported it) {
        var before = it.before();
        if (before == null) catalog.discard(actor, it.resource(), it.revision());
        else catalog.change(actor, it.resource(), before, it.revision());
    }

    static boolean mayUndo(Batch batch, Instant now) {
        return batch.importedAt() != null
                && batch.undoneAt() == null
                && batch.importedAt().plus(LIFE).isAfter(now);
    }

    /** Rows of all that a search page finds, for an export that comes in again. */
    Map<String, List<Map<String, String>>> rows(
            Actor actor, MultiValueMap<String, String> address, boolean flat) {
        return rows(actor, catalog.listed(actor, address), flat);
    }

    /** The same of these. */
    Map<String, List<Map<String, String>>> rows(
            Actor actor, List<Catalog.Listed> those, boolean flat) {
        var rows = new EntryRows(classification.all(actor), organizations.all(actor));
        for (var it : those) rows.add(it, flat);
        return rows.bySheet();
    }

    private String number(Instant at) {
        var day = at.atZone(Clock.ZONE).toLocalDate();
        return "DR-%s-%02d".formatted(DAY.format(day), batches.next(day));
    }
}
