package shuqiao.exchange;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import shuqiao.catalog.Catalog;
import shuqiao.catalog.Item;
import shuqiao.engine.FileFormat;
import shuqiao.engine.FileRequest;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Messages;
import shuqiao.kernel.OrganizationNames;
import shuqiao.line.Line;
import shuqiao.line.Occasion;
import shuqiao.line.Passage;
import shuqiao.line.Place;
import shuqiao.line.Use;
import shuqiao.sharing.Grant;

/** Writes the rows of a grant into a file, and beside it what they mean. */
@Component
class FileDelivery {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(Clock.ZONE);
    private static final int TITLE_MAX = 60;

    private final FileShelf shelf;
    private final FileGuide guide;
    private final HashKeys hashKeys;
    private final DeclaredSource declared;
    private final Line line;
    private final Catalog catalog;
    private final OrganizationNames names;
    private final InstantSource clock;

    FileDelivery(
            FileShelf shelf,
            FileGuide guide,
            HashKeys hashKeys,
            DeclaredSource declared,
            Line line,
            Catalog catalog,
            OrganizationNames names,
            InstantSource clock) {
        this.shelf = shelf;
        this.guide = guide;
        this.hashKeys = hashKeys;
        this.declared = declared;
        this.line = line;
        this.catalog = catalog;
        this.names = names;
        this.clock = clock;
    }

    /** Looks whether rows could be had; writes nothing. */
    void check(Actor actor, Grant grant) {
        line.check(
                Use.of(Occasion.CHECK, actor).about(grant.number()),
                declared.of(grant, grant.source()),
                from ->
                        new FileRequest(
                                from,
                                grant.scope(),
                                hashKeys.of(grant.provider(), grant.consumer()),
                                FileFormat.CSV,
                                Path.of("check"),
                                "",
                                Map.of(),
                                Optional.empty(),
                                false,
                                1,
                                "check",
                                1,
                                false));
    }

    /**
     * Nobody can have the files before the run is noted as delivered.
     *
     * @throws shuqiao.engine.EngineFailure no file is left then
     */
    Outcome write(
            Run run,
            Run.Target.File into,
            Grant grant,
            Heartbeat heartbeat,
            Place from,
            Passage passage) {
        var place = shelf.begin(run.id(), run.attempt());
        try {
            return write(run, into, grant, heartbeat, from, passage, place);
        } catch (RuntimeException failed) {
            shelf.abandon(place);
            throw failed;
        }
    }

    private Outcome write(
            Run run,
            Run.Target.File into,
            Grant grant,
            Heartbeat heartbeat,
            Place from,
            Passage passage,
            Path place) {
        var items = items(grant);
        var watermark =
                grant.watermark() ? Optional.of(watermark(run, grant)) : Optional.<String>empty();
        var name = "data." + into.format().word();
        var result =
                passage.write(
                        source ->
                                new FileRequest(
                                        source,
                                        grant.scope(),
                                        hashKeys.of(run.provider(), run.consumer()),
                                        into.format(),
                                        shelf.resolve(place).resolve(name),
                                        run.title(),
                                        items.entrySet().stream()
                                                .filter(it -> !it.getValue().name().isBlank())
                                                .collect(
                                                        Collectors.toMap(
                                                                Map.Entry::getKey,
                                                                it -> it.getValue().name())),
                                        watermark,
                                        into.guarded(),
                                        shelf.bytesMax(),
                                        run.id(),
                                        run.attempt(),
                                        run.verifyFull()),
                        heartbeat,
                        heartbeat,
                        heartbeat::stops);
        var now = clock.instant();
        var expires = expires(grant, now);
        var base = title(run);
        var data =
                new RunFile(
                        run.id(),
                        name,
                        base + "." + into.format().word(),
                        into.format().mediaType(),
                        result.bytes(),
                        result.sha256(),
                        place.resolve(name),
                        now,
                        expires,
                        Optional.empty());
        var told = new FileGuide.Told(run, grant, into, result, items, watermark, data);
        var dictionary =
                small(
                        data,
                        "dictionary.csv",
                        base + "_数据字典.csv",
                        "text/csv; charset=utf-8",
                        guide.dictionary(told));
        var manifest =
                small(
                        data,
                        "manifest.json",
                        base + "_清单.json",
                        "application/json",
                        guide.manifest(told, dictionary));
        return Outcome.of(
                        result,
                        into.format().word(),
                        now,
                        result.notes(),
                        List.of(data, dictionary, manifest))
                .saying(List.of(ReceiptNotes.address("source", from.address())));
    }

    private Map<String, Item> items(Grant grant) {
        return catalog
                .version(grant.resource(), grant.version())
                .map(version -> version.description().items())
                .orElse(List.of())
                .stream()
                .filter(item -> !item.column().isEmpty())
                .collect(Collectors.toMap(Item::column, item -> item, (one, _) -> one));
    }

    /** As long as the setting says, never longer than the grant. */
    private Instant expires(Grant grant, Instant now) {
        var end = grant.until().plusDays(1).atStartOfDay(Clock.ZONE).toInstant();
        var usual = now.plus(shelf.keep());
        return usual.isBefore(end) ? usual : end;
    }

    private String watermark(Run run, Grant grant) {
        return "水印　使用方 %s（%s）　申请人 %s　时间 %s　授权 %s　运行 %s"
                .formatted(
                        names.shortName(run.consumer(), Messages.CHINESE),
                        run.consumer(),
                        run.askedBy(),
                        TIME.format(run.askedAt()),
                        grant.number(),
                        run.number());
    }

    /** What file systems take as a name. */
    static String title(Run run) {
        var plain = run.title().replaceAll("[\\\\/:*?\"<>|\\p{Cntrl}]", "_").strip();
        return plain.substring(
                        0,
                        plain.offsetByCodePoints(
                                0, Math.min(TITLE_MAX, plain.codePointCount(0, plain.length()))))
                + "_"
                + run.number();
    }

    private RunFile small(
            RunFile beside, String name, String title, String mediaType, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var place = beside.place().resolveSibling(name);
        var file = shelf.resolve(place);
        try {
            Files.write(file, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.SYNC);
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix"))
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException failed) {
            throw FileRequest.notWritten(failed);
        }
        return new RunFile(
                beside.run(),
                name,
                title,
                mediaType,
                bytes.length,
                sha256(bytes),
                place,
                beside.madeAt(),
                beside.expiresAt(),
                Optional.empty());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
