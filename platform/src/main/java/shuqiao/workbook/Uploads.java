package shuqiao.workbook;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Transactional;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.Unknown;

/** Keeps a workbook from its check until its import, for its uploader alone and a day at most. */
@Door
public class Uploads {

    private static final Duration LIFE = Duration.ofDays(1);

    /** Workbooks of one person and one purpose. */
    static final int KEPT_MAX = 10;

    /** So long nobody's upload makes room for another, such as that of a second window. */
    private static final Duration SAFE = Duration.ofHours(1);

    private static final int NAME_MAX = 120;

    private final UploadTable table;
    private final InstantSource clock;

    Uploads(UploadTable table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    /**
     * Keeps it; its room has read it before ({@link HandedIn#read}), outside of any transaction.
     */
    @Transactional
    public Upload keep(Actor actor, String purpose, @Nullable String fileName, byte[] content) {
        var upload =
                new Upload(UUID.randomUUID().toString(), name(fileName), content, clock.instant());
        table.tidy(
                upload.at().minus(LIFE),
                purpose,
                actor.subject(),
                KEPT_MAX - 1,
                upload.at().minus(SAFE));
        if (table.count(purpose, actor.subject()) >= KEPT_MAX)
            throw new Conflict("upload:too-many", Map.of("max", KEPT_MAX));
        table.insert(upload, purpose, actor.subject());
        return upload;
    }

    public Upload find(Actor actor, String purpose, String id) {
        return table.find(id, purpose, actor.subject())
                .orElseThrow(() -> new Unknown("upload", id));
    }

    /** Its rows are in; it is not needed any more. */
    @Transactional
    public void remove(Actor actor, String purpose, String id) {
        table.remove(find(actor, purpose, id).id());
    }

    /** The last part of a path, without what a header could be broken by. */
    private static String name(@Nullable String fileName) {
        var name = fileName == null ? "" : fileName.replaceAll(".*[/\\\\]", "");
        name = name.replaceAll("[\\p{Cntrl}\"]", "");
        return name.length() > NAME_MAX ? name.substring(name.length() - NAME_MAX) : name;
    }
}
