package shuqiao.organization;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** What happens in this room. */
public sealed interface OrganizationEvent extends DomainEvent {

    /**
     * @param codeReason why a code stands whose check character is wrong; empty where it is right
     */
    record OrganizationAdded(String code, String codeReason, Actor by, Instant at)
            implements OrganizationEvent {

        @Override
        public Map<String, Object> facts() {
            return codeReason.isEmpty()
                    ? Map.of("organization", code)
                    : Map.of("organization", code, "codeReason", codeReason);
        }
    }

    record OrganizationChanged(String code, boolean closed, Actor by, Instant at)
            implements OrganizationEvent {

        @Override
        public Map<String, Object> facts() {
            return Map.of("organization", code, "closed", closed);
        }
    }
}
