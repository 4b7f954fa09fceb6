package shuqiao.organization;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/**
 * @param codeReason why a code stands whose check character is wrong; empty where it is right
 */
public record OrganizationAdded(String code, String codeReason, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return codeReason.isEmpty()
                ? Map.of("organization", code)
                : Map.of("organization", code, "codeReason", codeReason);
    }
}
