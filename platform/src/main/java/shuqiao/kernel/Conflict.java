package shuqiao.kernel;

import java.util.Map;

/** Rightly asked, but not in the present state. The sentence says what to do first. */
public class Conflict extends Refusal {

    public Conflict(String key) {
        this(key, Map.of());
    }

    public Conflict(String key, Map<String, Object> facts) {
        super(Kind.CONFLICT, key, facts);
    }
}
