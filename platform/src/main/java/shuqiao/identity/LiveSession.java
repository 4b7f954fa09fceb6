package shuqiao.identity;

import java.time.Instant;

/**
 * Somebody who is logged in at this moment.
 *
 * @param id names the session in lists; it is not the secret in the cookie
 * @param lastSeen when its last request came
 */
public record LiveSession(
        String id, String username, String name, Instant since, Instant lastSeen) {}
