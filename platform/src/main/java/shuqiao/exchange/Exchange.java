package shuqiao.exchange;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.catalog.Catalog;
import shuqiao.engine.CopyRequest;
import shuqiao.engine.EngineFailure;
import shuqiao.engine.FileFormat;
import shuqiao.exchange.RunEvent.RunAsked;
import shuqiao.exchange.RunEvent.RunCancelled;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.EngineRefusal;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.ListQuery;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.Trusted;
import shuqiao.kernel.Unknown;
import shuqiao.line.Line;
import shuqiao.line.LineFull;
import shuqiao.line.Occasion;
import shuqiao.line.Use;
import shuqiao.mapping.Mappings;
import shuqiao.sharing.Grant;
import shuqiao.sharing.GrantEvent.GrantRevoked;
import shuqiao.sharing.Grants;
import shuqiao.source.Source;
import shuqiao.source.Sources;

/** Deliveries of granted data into the consumer's tables: asked for, watched, stopped. */
@Door
public class Exchange {

    private static final int NAME_MAX = 63;
    private static final int REASON_MAX = 500;

    /**
     * What a form or a program says of a run.
     *
     * @param target connection of one's own database, with schema and table, on the rail {@code
     *     exchange}
     * @param rail {@code exchange} for a table, which is meant when it is left out, or {@code file}
     * @param format {@code csv}, {@code xlsx} or {@code parquet}, on the rail {@code file}
     * @param guarded in CSV, an apostrophe before texts that a spreadsheet would take for a formula
     */
    public record Wish(
            @Nullable Long grant,
            @Nullable Long target,
            @Nullable String schema,
            @Nullable String table,
            @Nullable String mode,
            boolean verifyFull,
            @Nullable String rail,
            @Nullable String format,
            boolean guarded) {

        /** Into a table. */
        public Wish(
                @Nullable Long grant,
                @Nullable Long target,
                @Nullable String schema,
                @Nullable String table,
                @Nullable String mode,
                boolean verifyFull) {
            this(grant, target, schema, table, mode, verifyFull, null, null, false);
        }

        /** Into a file. */
        public static Wish file(long grant, FileFormat format) {
            return new Wish(
                    grant, null, null, null, "snapshot", false, "file", format.word(), false);
        }

        /** Again into where it went before. */
        public static Wish again(long grant, Run.Target target, boolean verifyFull) {
            return switch (target) {
                case Run.Target.Table(var source, var schema, var table, _) ->
                        new Wish(grant, source, schema, table, "snapshot", verifyFull);
                case Run.Target.File(var format, var guarded) ->
                        new Wish(
                                grant,
                                null,
                                null,
                                null,
                                "snapshot",
                                verifyFull,
                                "file",
                                format.word(),
                                guarded);
            };
        }

        /** Where the rows shall go, as far as it is said; what is not said becomes a fault. */
        public Optional<Run.Target> where(Invalid.Faults faults) {
            return switch (rail == null ? "exchange" : rail) {
                case "exchange" -> {
                    if (target == null) faults.add("target", "required");
                    var schemaText = faults.text("schema", schema, NAME_MAX);
                    var tableText = faults.text("table", table, NAME_MAX);
                    yield target == null
                            ? Optional.empty()
                            : Optional.of(
                                    new Run.Target.Table(target, schemaText, tableText, null));
                }
                case "file" -> {
                    if (format == null || format.isBlank()) {
                        faults.add("format", "required");
                        yield Optional.empty();
                    }
                    var named = FileFormat.named(format);
                    if (named.isEmpty())
                        faults.add("format", "not-one-of", Map.of("allowed", "csv, xlsx, parquet"));
                    yield named.map(it -> new Run.Target.File(it, guarded));
                }
                default -> {
                    faults.add("rail", "not-one-of", Map.of("allowed", "exchange, file"));
                    yield Optional.empty();
                }
            };
        }
    }

    private final RunTable runs;
    private final HashKeys hashKeys;
    private final Mappings mappings;
    private final FileDelivery files;
    private final Grants grants;
    private final Catalog catalog;
    private final Sources sources;
    private final DeclaredSource declared;
    private final Line line;
    private final Dispatcher dispatcher;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    Exchange(
            RunTable runs,
            HashKeys hashKeys,
            Mappings mappings,
            FileDelivery files,
            Grants grants,
            Catalog catalog,
            Sources sources,
            DeclaredSource declared,
            Line line,
            Dispatcher dispatcher,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.runs = runs;
        this.hashKeys = hashKeys;
        this.mappings = mappings;
        this.files = files;
        this.grants = grants;
        this.catalog = catalog;
        this.sources = sources;
        this.declared = declared;
        this.line = line;
        this.dispatcher = dispatcher;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Asks for a run. Everything that can be known beforehand is looked at now: the grant, both
     * databases, the columns of the target. The run itself waits its turn.
     */
    public Run ask(Actor actor, Wish wish) {
        actor.require(Role.STEWARD);
        var checked = check(actor, wish);
        lookBeforehand(actor, checked);
        var estimate = estimate(checked.grant());
        var run =
                java.util.Objects.requireNonNull(
                        transaction.execute(_ -> {
                            // it may have ended while both databases were asked
                            requireEffective(grants.hold(checked.grant().id()));
                            return insert(actor, checked, estimate);
                        }));
        dispatcher.wake();
        return run;
    }

    /** Looks at everything that {@link #ask} looks at, and asks for nothing. */
    public void look(Actor actor, Wish wish) {
        actor.require(Role.STEWARD);
        lookBeforehand(actor, check(actor, wish));
    }

    /**
     * Asks for a run that was ordered long before: the databases were looked at then, and the run
     * looks again. Takes part in the transaction of the caller.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Run askAgain(Actor actor, Wish wish) {
        actor.require(Role.STEWARD);
        var run = insert(actor, check(actor, wish), OptionalLong.empty());
        afterCommit(dispatcher::wake);
        return run;
    }

    private static void afterCommit(Runnable then) {
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        then.run();
                    }
                });
    }

    private record Checked(Grant grant, Run.Target target, String key, boolean full) {}

    private Checked check(Actor actor, Wish wish) {
        var faults = new Invalid.Faults();
        if (wish.grant() == null) faults.add("grant", "required");
        var where = wish.where(faults);
        var mode = wish.mode() == null ? "snapshot" : wish.mode();
        if (mode.equals("incremental") || mode.equals("stream"))
            faults.add("mode", "exchange.mode-later", Map.of("mode", mode));
        else if (!mode.equals("snapshot"))
            faults.add("mode", "not-one-of", Map.of("allowed", "snapshot"));
        faults.refuseIfAny();
        var grant = grants.find(actor, java.util.Objects.requireNonNull(wish.grant()));
        actor.requireOrganization(grant.consumer());
        requireEffective(grant);
        refuseWithdrawn(grant);
        return switch (where.orElseThrow()) {
            case Run.Target.File file ->
                    new Checked(
                            grant,
                            file,
                            "file %d %s".formatted(grant.id(), file.format().word()),
                            wish.verifyFull());
            case Run.Target.Table table -> check(actor, grant, table, wish.verifyFull());
        };
    }

    private Checked check(Actor actor, Grant grant, Run.Target.Table wished, boolean full) {
        var schema = wished.schema();
        var table = wished.table();
        var target =
                sources.find(wished.source())
                        .filter(source -> actor.belongsTo(source.organization()))
                        .orElseThrow(() -> new Unknown("source", wished.source()));
        var from =
                sources.find(grant.source())
                        .orElseThrow(() -> new Conflict("exchange:source-gone", Map.of()));
        if (from.address().equals(target.address())
                && grant.scope().schema().equals(schema)
                && grant.scope().table().equals(table))
            throw Invalid.field("table", "exchange.onto-itself");
        var into = mappings.of(grant.id(), target.id(), schema, table);
        // a table that somebody keeps is never replaced whole because a mapping was lost
        if (into.isEmpty() && mappings.isKept(target.id(), schema, table))
            throw new Conflict(
                    "exchange:kept-table",
                    Map.of("table", schema + "." + table, "number", grant.number()));
        return new Checked(
                grant,
                new Run.Target.Table(target.id(), schema, table, into.orElse(null)),
                key(target, schema, table),
                full);
    }

    /** What was withdrawn is given no more, whatever became of its grants. */
    private void refuseWithdrawn(Grant grant) {
        catalog.published(grant.resource())
                .filter(it -> it.withdrawn())
                .ifPresent(it -> {
                    throw new Conflict(
                            "exchange:resource-withdrawn", Map.of("title", grant.title()));
                });
    }

    /** Address and table: one run at a time writes it. */
    private static String key(Source target, String schema, String table) {
        var address = target.address();
        return "%s:%d/%s %s.%s"
                .formatted(
                        address.host().toLowerCase(Locale.ROOT),
                        address.port(),
                        address.database(),
                        schema,
                        table);
    }

    /** Refuses a grant under which nothing may flow now, saying why. */
    void requireEffective(Grant grant) {
        switch (grant.standing(clock.instant())) {
            case Grant.Standing.Effective() -> {}
            case Grant.Standing.NotYet(var from) ->
                    throw new Conflict("exchange:grant-not-yet", Map.of("from", day(from)));
            case Grant.Standing.Expired(_) ->
                    throw new Conflict(
                            "exchange:grant-expired", Map.of("until", grant.until().toString()));
            case Grant.Standing.Revoked(_, var reason) ->
                    throw new Conflict("exchange:grant-revoked", Map.of("reason", reason));
        }
    }

    private static String day(java.time.Instant at) {
        return LocalDate.ofInstant(at, Clock.ZONE).toString();
    }

    /**
     * Not outside the hours of a database, nor while all its sessions are in use: the run looks
     * when its turn has come.
     */
    private void lookBeforehand(Actor actor, Checked checked) {
        if (!isOpen(checked)) return;
        try {
            look(actor, checked);
        } catch (LineFull _) {
            // there are deliveries before this one
        }
    }

    private void look(Actor actor, Checked checked) {
        var grant = checked.grant();
        EngineRefusal.asked(() -> {
            switch (checked.target()) {
                case Run.Target.File _ -> files.check(actor, grant);
                case Run.Target.Table(var target, var schema, var table, var into) -> {
                    line.check(
                            Use.of(Occasion.CHECK, actor).about(grant.number()),
                            declared.of(grant, grant.source()),
                            sources.place(target),
                            (from, to) ->
                                    new CopyRequest(
                                            from,
                                            to,
                                            grant.scope(),
                                            hashKeys.of(grant.provider(), grant.consumer()),
                                            schema,
                                            table,
                                            "check",
                                            Optional.ofNullable(into),
                                            1,
                                            false));
                }
            }
            return true;
        });
    }

    private boolean isOpen(Checked checked) {
        var now = clock.instant();
        return allows(checked.grant().source(), now)
                && (!(checked.target() instanceof Run.Target.Table table)
                        || allows(table.source(), now));
    }

    /** One that is gone is refused by who asks for it. */
    private boolean allows(long source, java.time.Instant now) {
        return sources.find(source).map(it -> it.allows(now)).orElse(true);
    }

    private OptionalLong estimate(Grant grant) {
        if (!grant.scope().filter().isEmpty()) return OptionalLong.empty();
        if (!allows(grant.source(), clock.instant())) return OptionalLong.empty();
        try {
            return sources.describe(grant.source(), grant.scope().schema(), grant.scope().table())
                    .summary()
                    .rowEstimate();
        } catch (EngineFailure | shuqiao.kernel.Refusal _) {
            return OptionalLong.empty();
        }
    }

    private Run insert(Actor actor, Checked checked, OptionalLong estimate) {
        var grant = checked.grant();
        var now = clock.instant();
        var key = heldKey(checked);
        var year = LocalDate.ofInstant(now, Clock.ZONE).getYear();
        var run =
                new Run(
                        UUID.randomUUID().toString(),
                        0,
                        "JH-%d-%06d".formatted(year, runs.nextNumber(year)),
                        grant.id(),
                        grant.resource(),
                        grant.code(),
                        grant.version(),
                        grant.title(),
                        grant.provider(),
                        grant.consumer(),
                        grant.source(),
                        checked.target(),
                        checked.full(),
                        actor.subject(),
                        now,
                        estimate.isPresent() ? estimate.getAsLong() : null,
                        0,
                        0,
                        null,
                        new Run.State.Queued(now, null, null));
        runs.insert(new RunTable.Asked(run, key, actor.kind().name()));
        events.publishEvent(new RunAsked(run.id(), grant.id(), checked.target(), actor, now));
        return runs.find(run.id()).orElseThrow();
    }

    /** Of the target as it is now: it may have another address since it was looked at. */
    private String heldKey(Checked checked) {
        if (!(checked.target() instanceof Run.Target.Table table)) return checked.key();
        var target =
                sources.hold(table.source())
                        .orElseThrow(() -> new Unknown("source", table.source()));
        return key(target, table.schema(), table.table());
    }

    /**
     * Stops a run: a queued one ends at once, one under way within a second; delivered content
     * stays.
     */
    @Transactional
    public Run cancel(Actor actor, String id, @Nullable String reasonText) {
        var run = find(actor, id);
        if (!actor.has(Role.AUTHORITY)) actor.require(Role.STEWARD, Role.REVIEWER);
        var faults = new Invalid.Faults();
        var reason = faults.text("reason", reasonText, REASON_MAX);
        faults.refuseIfAny();
        if (run.isOver()) throw new Conflict("exchange:run-over", Map.of("number", run.number()));
        runs.askCancel(id, actor.subject(), reason);
        afterCommit(dispatcher::nudge);
        if (runs.cancelQueued(id, clock.instant()))
            events.publishEvent(new RunCancelled(id, run.grant(), reason, actor, clock.instant()));
        return runs.find(id).orElseThrow();
    }

    /**
     * A revoked grant stops its runs: the queued ones here, those under way as soon as that is
     * certain; on another platform by their next heartbeat.
     */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    @Trusted("hears an event of the room below")
    public void stopRunsOf(GrantRevoked revoked) {
        afterCommit(dispatcher::nudge);
        for (var id : runs.unfinished(revoked.grant())) {
            runs.askCancel(id, revoked.by().subject(), "授权已撤销 grant revoked");
            if (runs.cancelQueued(id, revoked.at()))
                events.publishEvent(
                        new RunCancelled(
                                id, revoked.grant(), "grant revoked", revoked.by(), revoked.at()));
        }
    }

    /** Whether a run does nothing any more. */
    @Trusted("the caller keeps the id of a run that it asked for")
    public boolean isOver(String id) {
        return runs.find(id).map(Run::isOver).orElse(true);
    }

    /** A run of one's own organization, on either side; the authority sees all. */
    public Run find(Actor actor, String id) {
        return runs.find(id)
                .filter(run ->
                        actor.has(Role.AUTHORITY)
                                || actor.belongsTo(run.provider())
                                || actor.belongsTo(run.consumer()))
                .orElseThrow(() -> new Unknown("run", id));
    }

    public Page<Run> list(
            Actor actor, @Nullable Long grant, @Nullable String state, Page.Request page) {
        return runs.list(new RunTable.Query(scope(actor), grant, state, null), page);
    }

    /** The newest that were under way in the period. */
    Page<Run> list(Actor actor, Period on, Page.Request page) {
        return runs.list(new RunTable.Query(scope(actor), null, null, on), page);
    }

    /** What a list of runs is of; those that were under way in the period, if one is given. */
    record Asked(@Nullable Long grant, @Nullable String state, @Nullable Period on) {

        private RunTable.Query by(Actor actor) {
            return new RunTable.Query(scope(actor), grant, state, on);
        }
    }

    ListQuery.Numbered<Run> listed(Actor actor, Asked asked, ListQuery query) {
        return runs.listed(asked.by(actor), query);
    }

    java.util.List<Run> exported(Actor actor, Asked asked, ListQuery query) {
        return runs.exported(asked.by(actor), query);
    }

    /** Who stands on either side of a list. */
    java.util.List<String> departments(Actor actor, Asked asked) {
        return runs.departments(asked.by(actor));
    }

    /** How many runs there are in each state, for the list of the same question. */
    Map<String, Long> counts(Actor actor, @Nullable Long grant, @Nullable Period on) {
        return runs.counts(new RunTable.Query(scope(actor), grant, null, on));
    }

    /** The organization whose runs an actor sees; null for all. */
    private static @Nullable String scope(Actor actor) {
        return actor.has(Role.AUTHORITY) ? null : actor.requiredOrganization();
    }

    /** The run whose content readers of this run's target see now. */
    @Trusted("the caller has looked whether the actor may see the run")
    public Optional<Run> shown(Run run) {
        return runs.shown(run.id());
    }
}
