package shuqiao.organization;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

public record OrganizationChanged(String code, boolean closed, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("organization", code, "closed", closed);
    }
}
