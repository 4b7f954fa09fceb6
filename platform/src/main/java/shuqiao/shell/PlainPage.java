package shuqiao.shell;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.web.util.HtmlUtils;
import shuqiao.kernel.Messages;

/**
 * A page for where the frame of the others cannot be had: the database is away, or the server
 * refused a call before it reached us.
 */
final class PlainPage {

    private static final String PAGE =
            """
            <!DOCTYPE html>
            <html lang="%1$s">
            <head><meta charset="UTF-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%2$s</title><link rel="stylesheet" href="/static/shuqiao.css"></head>
            <body><main id="content"><div class="wrap mishap">
            <p class="number-of">%4$s</p><h1>%2$s</h1><p class="lead">%3$s</p>
            <div class="actions"><a class="button" href="/">%5$s</a></div>
            </div></main></body>
            </html>
            """;

    /** What programs call; they are answered with problem documents. */
    private static final String[] FOR_PROGRAMS = {
        "/api", "/oauth2", "/actuator", "/ledger", "/.well-known", "/gateway", "/open/api"
    };

    private PlainPage() {}

    static boolean isForPrograms(HttpServletRequest request) {
        var path = request.getRequestURI();
        if (path == null) return false;
        for (var start : FOR_PROGRAMS) if (path.startsWith(start)) return true;
        return false;
    }

    /**
     * Writes it.
     *
     * @param key of the sentence, under {@code refusal.}
     */
    static void write(
            HttpServletResponse response,
            MessageSource messages,
            int status,
            String key,
            Map<String, Object> facts,
            Locale locale)
            throws IOException {
        var english = locale.getLanguage().equals("en");
        response.setStatus(status);
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'self'");
        response.getOutputStream()
                .write(
                        PAGE.formatted(
                                        english ? "en" : "zh-CN",
                                        word(messages, "status." + status, Map.of(), locale),
                                        word(messages, "refusal." + key, facts, locale),
                                        HtmlUtils.htmlEscape(
                                                messages.getMessage(
                                                        "error.number",
                                                        new Object[] {String.valueOf(status)},
                                                        locale)),
                                        word(messages, "error.home", Map.of(), locale))
                                .getBytes(StandardCharsets.UTF_8));
    }

    private static String word(
            MessageSource messages, String key, Map<String, Object> facts, Locale locale) {
        return HtmlUtils.htmlEscape(Messages.sentence(messages, key, facts, locale));
    }
}
