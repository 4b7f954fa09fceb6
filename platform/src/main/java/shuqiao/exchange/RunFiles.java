package shuqiao.exchange;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import shuqiao.exchange.RunEvent.RunFileFetched;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.Role;
import shuqiao.kernel.Trusted;
import shuqiao.kernel.Unknown;
import shuqiao.sharing.GrantEvent.GrantRevoked;
import shuqiao.sharing.Grants;

/**
 * Files of delivered runs. Only people and programs of the department that was granted the rows
 * take them, only while the grant lasts and the file is kept; each taking is recorded.
 */
@Door
public class RunFiles {

    private static final Duration TOLD_AGAIN = Duration.ofMinutes(15);

    static final String PACKAGE = "package.zip";

    private static final int PART = 1 << 20;

    private final FileTable files;
    private final FileShelf shelf;
    private final Exchange exchange;
    private final Grants grants;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    RunFiles(
            FileTable files,
            FileShelf shelf,
            Exchange exchange,
            Grants grants,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.files = files;
        this.shelf = shelf;
        this.exchange = exchange;
        this.grants = grants;
        this.events = events;
        this.clock = clock;
    }

    /** All of a run, also those that are gone. */
    public List<RunFile> list(Actor actor, String run) {
        return files.of(exchange.find(actor, run).id());
    }

    /** Whether the door would hand files of this run to this actor now. */
    boolean mayTake(Actor actor, Run run) {
        return isConsumer(actor, run) && grants.effective(run.grant(), clock.instant());
    }

    private static boolean isConsumer(Actor actor, Run run) {
        return actor.belongsTo(run.consumer())
                && (actor.has(Role.STEWARD) || actor.has(Role.REVIEWER));
    }

    /** A file that may be read now. */
    record Open(Run run, RunFile file, Path path) {}

    /**
     * Hands a file out.
     *
     * @param from first byte that is asked for
     */
    @Transactional
    Open take(Actor actor, String id, String name, long from) {
        var open = look(actor, id, name);
        record(actor, open.run(), name, from);
        return open;
    }

    /** As {@link #take} without taking it. */
    Open look(Actor actor, String id, String name) {
        var run = mine(actor, id);
        var file =
                files.of(id).stream()
                        .filter(it -> it.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new Unknown("file", name));
        requireThere(file);
        return new Open(run, file, shelf.resolve(file.place()));
    }

    /** All files of a run, to be packed into one. */
    @Transactional
    List<Open> takeAll(Actor actor, String id) {
        var run = mine(actor, id);
        var all = files.of(id);
        if (all.isEmpty()) throw new Unknown("file", PACKAGE);
        all.forEach(this::requireThere);
        record(actor, run, PACKAGE, 0);
        return all.stream().map(it -> new Open(run, it, shelf.resolve(it.place()))).toList();
    }

    private Run mine(Actor actor, String id) {
        actor.require(Role.STEWARD, Role.REVIEWER);
        var run = exchange.find(actor, id);
        actor.requireOrganization(run.consumer());
        exchange.requireEffective(grants.grant(run.grant()).orElseThrow());
        return run;
    }

    private void requireThere(RunFile file) {
        if (file.removed().isPresent() || !clock.instant().isBefore(file.expiresAt()))
            throw new Conflict(
                    "exchange:file-expired",
                    Map.of("at", ReceiptPages.second(file.removed().orElse(file.expiresAt()))));
        if (!shelf.has(file)) throw new Conflict("exchange:file-elsewhere", Map.of());
    }

    /** The ledger tells each person's taking of a file once a quarter of an hour. */
    private void record(Actor actor, Run run, String name, long from) {
        var now = clock.instant();
        if (!files.taken(run.id(), name, actor, now, now.minus(TOLD_AGAIN))) return;
        events.publishEvent(new RunFileFetched(run.id(), run.grant(), name, from, actor, now));
    }

    /** Whether bytes may go on flowing. */
    @Trusted("asked again and again while a file that was handed out is being read")
    boolean mayFlow(Open open) {
        return grants.effective(open.run().grant(), clock.instant());
    }

    /** One file with all of them; what is packed already is not packed again. */
    @Trusted("the files were handed out by takeAll")
    void pack(List<Open> all, OutputStream out) throws IOException {
        try (var zip = new ZipOutputStream(out)) {
            for (var open : all) {
                var text = open.file().mediaType().startsWith("text/");
                zip.setLevel(text ? Deflater.BEST_SPEED : Deflater.NO_COMPRESSION);
                zip.putNextEntry(new ZipEntry(open.file().title()));
                try (var in = Files.newInputStream(open.path())) {
                    var part = new byte[PART];
                    for (var count = in.read(part); count >= 0; count = in.read(part)) {
                        zip.write(part, 0, count);
                        if (!mayFlow(open)) throw new EOFException("the grant has ended");
                    }
                }
                zip.closeEntry();
            }
        }
    }

    /** Files of a revoked grant are taken back with it, and removed as soon as that is certain. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    @Trusted("hears an event of the room below")
    public void takeBack(GrantRevoked revoked) {
        if (files.removeOfGrant(revoked.grant(), revoked.at()) == 0) return;
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        Thread.ofVirtual().name("file removal").start(RunFiles.this::sweep);
                    }
                });
    }

    /**
     * Marks what has expired or lost its grant, and removes from this machine what nobody needs:
     * also what a killed attempt left.
     */
    @Trusted("the clock of the platform, and the end of a grant")
    void sweep() {
        var now = clock.instant();
        files.removeExpired(now);
        for (var grant : files.grants())
            if (!grants.effective(grant, now)) files.removeOfGrant(grant, now);
        try {
            var here = shelf.runs();
            var needed = files.needed(here);
            for (var run : here) if (!needed.contains(run)) shelf.remove(run);
        } catch (UncheckedIOException later) {
            // the next sweep finds it
        }
    }
}
