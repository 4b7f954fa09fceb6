package shuqiao.kernel;

import java.util.Arrays;
import java.util.Map;

/** The actor lacks the role or acts for another organization. */
public final class NotAllowed extends Refusal {

    private NotAllowed(String key, Map<String, Object> facts) {
        super(Kind.FORBIDDEN, key, facts);
    }

    public static NotAllowed needs(Role... anyOf) {
        return new NotAllowed("not-allowed:role", Map.of("roles", Arrays.asList(anyOf)));
    }

    public static NotAllowed otherOrganization() {
        return new NotAllowed("not-allowed:organization", Map.of());
    }

    public static NotAllowed noOrganization() {
        return new NotAllowed("not-allowed:no-organization", Map.of());
    }

    /** A rule of separated duties, such as granting oneself a role. */
    public static NotAllowed because(String rule) {
        return new NotAllowed("not-allowed:" + rule, Map.of());
    }
}
