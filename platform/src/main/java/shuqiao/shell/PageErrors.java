package shuqiao.shell;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.ModelAndView;
import shuqiao.kernel.Outage;
import shuqiao.kernel.Refusal;

/** What a door refuses behind a page becomes a page with its sentence and the right status. */
@ControllerAdvice(annotations = Controller.class)
@Order(1)
class PageErrors {

    private static final Logger LOG = LoggerFactory.getLogger(PageErrors.class);

    private final ErrorPages pages;
    private final Problems problems;
    private final LocaleResolver locales;

    PageErrors(ErrorPages pages, Problems problems, LocaleResolver locales) {
        this.pages = pages;
        this.problems = problems;
        this.locales = locales;
    }

    @ExceptionHandler
    ModelAndView refused(
            Refusal refusal, HttpServletRequest request, HttpServletResponse response) {
        refusal.retryAfterSeconds()
                .ifPresent(wait -> response.setHeader("Retry-After", String.valueOf(wait)));
        return page(
                response,
                refusal.kind().status(),
                problems.sentence(refusal, locale(request)),
                locale(request));
    }

    /** An address with a word where a number belongs leads nowhere. */
    @ExceptionHandler
    ModelAndView mismatch(
            MethodArgumentTypeMismatchException wrong,
            HttpServletRequest request,
            HttpServletResponse response) {
        return page(response, 404, pages.sentence("not-found", locale(request)), locale(request));
    }

    /** A reader has left a page that is still being told of: nobody is there to be answered. */
    @ExceptionHandler(AsyncRequestNotUsableException.class)
    @Nullable ModelAndView gone() {
        return null;
    }

    /** A form with files that breaks off. */
    @ExceptionHandler
    ModelAndView brokenForm(
            MultipartException broken, HttpServletRequest request, HttpServletResponse response) {
        return page(
                response,
                400,
                pages.sentence("page.bad-request", locale(request)),
                locale(request));
    }

    @ExceptionHandler(Exception.class)
    ModelAndView bug(Exception bug, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        // Spring's own (405, 406, 415, missing parameters) know their status: see ErrorPages;
        // a database that is away is the UnavailableFilter's
        if (bug instanceof org.springframework.web.ErrorResponse
                || bug instanceof jakarta.servlet.ServletException
                || Outage.isBehind(bug)) throw bug;
        LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), bug);
        return page(response, 500, pages.sentence("bug", locale(request)), locale(request));
    }

    private ModelAndView page(
            HttpServletResponse response, int status, String sentence, Locale locale) {
        response.setStatus(status);
        return pages.page(status, sentence, locale);
    }

    private Locale locale(HttpServletRequest request) {
        return locales.resolveLocale(request);
    }
}
