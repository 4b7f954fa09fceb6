package shuqiao.kernel;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * Remembers for the length of one web request what was read in it: a list that names an
 * organization in every row asks once, and shows it alike in all. Outside of a request every
 * question is asked.
 */
public final class PerRequest<K, V> {

    private final String attribute;

    /**
     * @param name of its own
     */
    public PerRequest(String name) {
        this.attribute = PerRequest.class.getName() + "." + name;
    }

    public V get(K key, Function<K, V> read) {
        var request = RequestContextHolder.getRequestAttributes();
        if (request == null) return read.apply(key);
        var known = known(request);
        var value = known.get(key);
        if (value == null) {
            value = read.apply(key);
            known.put(key, value);
        }
        return value;
    }

    /** Whether anything is remembered here. */
    public static boolean isInRequest() {
        return RequestContextHolder.getRequestAttributes() != null;
    }

    /** What was read is no longer true. */
    public void forget() {
        var request = RequestContextHolder.getRequestAttributes();
        if (request != null) request.removeAttribute(attribute, RequestAttributes.SCOPE_REQUEST);
    }

    @SuppressWarnings("unchecked")
    private Map<K, V> known(RequestAttributes request) {
        var kept = request.getAttribute(attribute, RequestAttributes.SCOPE_REQUEST);
        if (kept != null) return (Map<K, V>) kept;
        var fresh = new HashMap<K, V>();
        request.setAttribute(attribute, fresh, RequestAttributes.SCOPE_REQUEST);
        return fresh;
    }
}
