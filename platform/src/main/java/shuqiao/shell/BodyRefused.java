package shuqiao.shell;

import java.util.Map;

/** A body that is JSON and still none that the operation understands: 400 with this sentence. */
public final class BodyRefused extends RuntimeException {

    final String key;
    final transient Map<String, Object> facts;

    /** The key is one of the kernel's refusals, such as {@code wrong-type}. */
    public BodyRefused(String key, Map<String, Object> facts) {
        super(key + " " + facts);
        this.key = key;
        this.facts = Map.copyOf(facts);
    }
}
