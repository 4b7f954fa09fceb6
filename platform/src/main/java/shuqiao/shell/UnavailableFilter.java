package shuqiao.shell;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.util.HtmlUtils;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Outage;

/**
 * The outermost filter: while our own database is away, every call is answered 503 with a time to
 * come back, whoever met the failure first: session, login, token, idempotency or a controller. Its
 * page is plain, since the frame of the others needs the database.
 */
class UnavailableFilter extends OncePerRequestFilter {

    static final String RETRY_AFTER_SECONDS = "2";

    private static final Logger LOG = LoggerFactory.getLogger(UnavailableFilter.class);

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

    private final Problems problems;
    private final MessageSource messages;
    private final LocaleResolver locales;

    UnavailableFilter(Problems problems, MessageSource messages, LocaleResolver locales) {
        this.problems = problems;
        this.messages = messages;
        this.locales = locales;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException failed) {
            if (response.isCommitted() || !Outage.isBehind(failed)) throw failed;
            LOG.warn(
                    "{} {}: the database is away: {}",
                    request.getMethod(),
                    request.getRequestURI(),
                    failed.toString());
            response.reset();
            response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
            response.setHeader("Cache-Control", "no-store");
            if (isForPrograms(request))
                problems.write(request, response, 503, "unavailable", Map.of());
            else page(request, response);
        }
    }

    private static boolean isForPrograms(HttpServletRequest request) {
        var path = request.getRequestURI();
        for (var start :
                new String[] {
                    "/api",
                    "/oauth2",
                    "/actuator",
                    "/ledger",
                    "/.well-known",
                    "/gateway",
                    "/open/api"
                }) if (path.startsWith(start)) return true;
        return false;
    }

    private void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var locale = locales.resolveLocale(request);
        var english = locale.getLanguage().equals("en");
        response.setStatus(503);
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'self'");
        response.getOutputStream()
                .write(
                        PAGE.formatted(
                                        english ? "en" : "zh-CN",
                                        word("status.503", locale),
                                        word("refusal.page.unavailable", locale),
                                        HtmlUtils.htmlEscape(
                                                messages.getMessage(
                                                        "error.number",
                                                        new Object[] {"503"},
                                                        locale)),
                                        word("error.home", locale))
                                .getBytes(StandardCharsets.UTF_8));
    }

    private String word(String key, java.util.Locale locale) {
        return HtmlUtils.htmlEscape(Messages.sentence(messages, key, Map.of(), locale));
    }
}
