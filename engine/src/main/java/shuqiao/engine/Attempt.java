package shuqiao.engine;

import java.util.Optional;
import java.util.regex.Pattern;

/** An attempt of a run, as it names its sessions: {@code shuqiao:RUN#N}. */
public record Attempt(String run, int number) {

    private static final Pattern NAME =
            Pattern.compile("shuqiao:([A-Za-z0-9._-]{1,36})#([0-9]{1,9})");

    String applicationName() {
        return "shuqiao:" + run + "#" + number;
    }

    /** The attempt behind a session's name; empty when the session is not ours. */
    static Optional<Attempt> of(String applicationName) {
        var parts = NAME.matcher(applicationName);
        return parts.matches()
                ? Optional.of(new Attempt(parts.group(1), Integer.parseInt(parts.group(2))))
                : Optional.empty();
    }
}
