package shuqiao.kit;

import org.jspecify.annotations.Nullable;

/**
 * One operation of the API as the document has it.
 *
 * @param method of HTTP
 * @param path null for the usual one: that of the page, below {@code /api/v1}
 * @param id stable name, from which clients are made
 * @param summary in English, with the Chinese words at its end
 */
public record Operation(Method method, @Nullable String path, String id, String summary) {

    /** Those that the API has. */
    public enum Method {
        GET,
        POST,
        PUT,
        DELETE
    }

    boolean hasBody() {
        return method == Method.POST || method == Method.PUT;
    }

    String at(String page) {
        return path == null ? "/api/v1" + page : path;
    }
}
