package shuqiao.shell;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What no text can be: NUL, which no database stores, and bytes that are no UTF-8. Told in one
 * place for all parameters of all addresses and forms, before anybody reads one.
 */
final class Unreadable {

    private Unreadable() {}

    /** Of an address, as it came. */
    static boolean isBehind(@Nullable String query) {
        if (query == null || query.indexOf('%') < 0) return query != null && query.indexOf(0) >= 0;
        var bytes = new ByteArrayOutputStream(query.length());
        for (int at = 0; at < query.length(); at++) {
            var c = query.charAt(at);
            if (c != '%') {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            int value =
                    at + 2 < query.length() ? hex(query.charAt(at + 1), query.charAt(at + 2)) : -1;
            if (value <= 0) return true;
            bytes.write(value);
            at += 2;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
            return false;
        } catch (CharacterCodingException _) {
            return true;
        }
    }

    private static int hex(char high, char low) {
        int h = Character.digit(high, 16);
        int l = Character.digit(low, 16);
        return h < 0 || l < 0 ? -1 : h * 16 + l;
    }

    /** Of a form: in a name or a value. */
    static boolean isIn(Map<String, String[]> parameters) {
        for (var parameter : parameters.entrySet()) {
            if (parameter.getKey().indexOf(0) >= 0) return true;
            for (var value : parameter.getValue()) if (value.indexOf(0) >= 0) return true;
        }
        return false;
    }

    /** For programs: behind the guards, since a stranger is first told to sign in. */
    static final class ForPrograms extends OncePerRequestFilter {

        private final Problems problems;

        ForPrograms(Problems problems) {
            this.problems = problems;
        }

        @Override
        protected void doFilterInternal(
                HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            if (isBehind(request.getQueryString()))
                problems.write(request, response, 400, "unreadable", Map.of());
            else chain.doFilter(request, response);
        }
    }
}
