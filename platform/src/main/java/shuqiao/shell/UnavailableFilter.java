package shuqiao.shell;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.LocaleResolver;
import shuqiao.kernel.Outage;
import shuqiao.kernel.TooBusy;

/**
 * The outermost filter: while our own database is away, or more is asked than we take on, every
 * call is answered 503 with a time to come back, whoever met the failure first: session, login,
 * token, idempotency or a controller. Its page is plain, since the frame of the others needs the
 * database.
 */
class UnavailableFilter extends OncePerRequestFilter {

    static final String RETRY_AFTER_SECONDS = "2";

    private static final Logger LOG = LoggerFactory.getLogger(UnavailableFilter.class);

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
            var busy = failed instanceof TooBusy;
            if (response.isCommitted() || !busy && !Outage.isBehind(failed)) throw failed;
            if (!busy)
                LOG.warn(
                        "{} {}: the database is away: {}",
                        request.getMethod(),
                        request.getRequestURI(),
                        failed.toString());
            response.reset();
            response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
            response.setHeader("Cache-Control", "no-store");
            var facts = Map.<String, Object>of("seconds", TooBusy.RETRY_AFTER_SECONDS);
            if (PlainPage.isForPrograms(request))
                problems.write(request, response, 503, busy ? "too-busy" : "unavailable", facts);
            else
                PlainPage.write(
                        response,
                        messages,
                        503,
                        busy ? "too-busy" : "page.unavailable",
                        facts,
                        locales.resolveLocale(request));
        }
    }
}
