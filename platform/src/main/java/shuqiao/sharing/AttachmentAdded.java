package shuqiao.sharing;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** A file was added to a request; its name is not told, it may name a person. */
public record AttachmentAdded(
        long request,
        String number,
        long attachment,
        FileKind kind,
        long size,
        String sha256,
        Actor by,
        Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of(
                "request",
                request,
                "number",
                number,
                "attachment",
                attachment,
                "kind",
                kind.name(),
                "size",
                size,
                "digest",
                "sha256:" + sha256);
    }
}
