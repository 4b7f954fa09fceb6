package shuqiao.notice;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** Mail goes out by another server, or no more. */
public record MailServerChanged(boolean enabled, String host, int port, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("enabled", enabled, "host", host, "port", port, "object", "mail-server");
    }
}
