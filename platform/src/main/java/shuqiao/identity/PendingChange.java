package shuqiao.identity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a security administrator asked for and may not do alone: it waits for an administrator of
 * another kind.
 *
 * @param subject user name or client id that it is about
 * @param wanted what the account is to be, as it was typed; empty for a password or a secret
 * @param endedBy who confirmed or refused it, or took it back; null while it waits
 */
public record PendingChange(
        long id,
        Kind kind,
        String subject,
        Map<String, Object> wanted,
        String askedBy,
        Instant askedAt,
        Instant expiresAt,
        State state,
        @Nullable String endedBy,
        @Nullable Instant endedAt) {

    /** What is to be done. */
    public enum Kind {
        ADD_USER,
        CHANGE_USER,
        RESET_PASSWORD,
        ADD_CLIENT,
        CHANGE_CLIENT,
        RENEW_SECRET
    }

    public PendingChange {
        wanted = Map.copyOf(wanted);
    }

    /** Names of the roles that it is about; none for a password or a secret. */
    public List<String> roles() {
        var roles = wanted.getOrDefault("roles", wanted.get("scopes"));
        return roles instanceof List<?> names
                ? names.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** Whether the account is to be closed. */
    public boolean closes() {
        return Boolean.TRUE.equals(wanted.get("disabled"));
    }

    /** One that nobody confirmed in time is EXPIRED without anybody's doing. */
    public enum State {
        WAITING,
        DONE,
        REFUSED,
        EXPIRED
    }
}
