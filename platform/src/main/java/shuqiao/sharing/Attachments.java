package shuqiao.sharing;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Role;
import shuqiao.kernel.Unknown;
import shuqiao.sharing.RequestEvent.AttachmentAdded;
import shuqiao.sharing.RequestEvent.AttachmentRemoved;
import shuqiao.sharing.RequestState.Move;

/**
 * Files that belong to a request: put in by the consumer while it writes, read by whoever sees the
 * request. Their digests go to the ledger.
 */
@Door
public class Attachments {

    static final int FILES_MAX = 5;
    static final long BYTES_MAX = 20L * 1024 * 1024;
    private static final int NAME_MAX = 120;

    private final AttachmentTable table;
    private final RequestTable requests;
    private final Readers readers;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Attachments(
            AttachmentTable table,
            RequestTable requests,
            Readers readers,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.table = table;
        this.requests = requests;
        this.readers = readers;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /**
     * What it is, is told by its content. That is looked through and hashed before the request is
     * held: 20 MB take a tenth of a second.
     */
    public Attachment add(Actor actor, long request, @Nullable String fileName, byte[] content) {
        actor.require(Role.STEWARD);
        actor.requireOrganization(readers.visible(actor, request).consumer());
        var faults = new Invalid.Faults();
        if (content.length == 0) faults.add("file", "sharing.file-empty");
        else if (content.length > BYTES_MAX) faults.add("file", "sharing.file-too-large");
        faults.refuseIfAny();
        var kind = FileKind.of(content);
        if (kind.isEmpty()) faults.add("file", "sharing.file-kind");
        faults.refuseIfAny();
        var wanted =
                new Attachment(
                        0,
                        request,
                        name(fileName, kind.orElseThrow()),
                        kind.orElseThrow(),
                        content.length,
                        sha256(content),
                        actor.name(),
                        clock.instant(),
                        Optional.empty());
        return Objects.requireNonNull(transaction.execute(_ -> insert(actor, wanted, content)));
    }

    private Attachment insert(Actor actor, Attachment wanted, byte[] content) {
        var seen = changeable(actor, wanted.request());
        if (table.of(wanted.request()).size() >= FILES_MAX)
            throw new Conflict("sharing:files-max", Map.of("max", FILES_MAX));
        var added = table.insert(wanted, content);
        events.publishEvent(
                new AttachmentAdded(
                        wanted.request(),
                        seen.number(),
                        added.id(),
                        added.kind(),
                        added.size(),
                        added.sha256(),
                        actor,
                        wanted.addedAt()));
        return added;
    }

    @Transactional
    public void remove(Actor actor, long request, long id) {
        actor.require(Role.STEWARD);
        var seen = changeable(actor, request);
        var it = table.find(request, id).orElseThrow(() -> new Unknown("attachment", id));
        var now = clock.instant();
        table.remove(id, now);
        events.publishEvent(
                new AttachmentRemoved(
                        request, seen.number(), id, it.kind(), it.size(), it.sha256(), actor, now));
    }

    public List<Attachment> list(Actor actor, long request) {
        return table.of(readers.visible(actor, request).id());
    }

    public Attachment find(Actor actor, long request, long id) {
        readers.visible(actor, request);
        return table.find(request, id).orElseThrow(() -> new Unknown("attachment", id));
    }

    public byte[] content(Actor actor, long request, long id) {
        return table.content(find(actor, request, id).id());
    }

    /** Whether this reader may add and take away now. */
    boolean mayChange(Actor actor, Request it) {
        return actor.has(Role.STEWARD)
                && actor.belongsTo(it.consumer())
                && it.state().after(Move.CHANGE).isPresent();
    }

    /** Held until the transaction ends, so that nobody sends it meanwhile and six are not five. */
    private Request changeable(Actor actor, long request) {
        actor.requireOrganization(readers.visible(actor, request).consumer());
        var held = requests.lock(request).orElseThrow(() -> new Unknown("request", request));
        held.after(Move.CHANGE);
        return held;
    }

    /** The last part of a path, without what could mislead in a header or a list. */
    private static String name(@Nullable String given, FileKind kind) {
        var whole = given == null ? "" : given;
        var last = whole.substring(Math.max(whole.lastIndexOf('/'), whole.lastIndexOf('\\')) + 1);
        var clean =
                last.codePoints()
                        .filter(c ->
                                !Character.isISOControl(c)
                                        && Character.getType(c) != Character.FORMAT)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString()
                        .strip();
        if (clean.isEmpty()) return kind.name();
        return clean.codePointCount(0, clean.length()) <= NAME_MAX
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, NAME_MAX));
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
