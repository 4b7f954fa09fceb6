package shuqiao.shell;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.MessageSource;
import org.springframework.security.web.WebAttributes;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.ModelAndView;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Messages;

/** What no controller answered: a page for people, a problem document for programs. */
@Controller
record ErrorPages(Problems problems, MessageSource messages, LocaleResolver locales)
        implements ErrorController {

    /** MB of one file, as the settings of the server have it. */
    static final int UPLOAD_MAX = 20;

    @RequestMapping("/error")
    @Allows(anyone = true)
    @Nullable ModelAndView error(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var status = status(request);
        var key = key(status, request);
        var path = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
        if (path.startsWith("/api") || path.startsWith("/oauth2") || path.startsWith("/actuator")) {
            problems.write(
                    request,
                    response,
                    status,
                    key,
                    Map.of("method", request.getMethod(), "max", max(request)));
            return null;
        }
        response.setStatus(status);
        var locale = locales.resolveLocale(request);
        return page(status, sentence("page." + key, locale), locale);
    }

    /** Called by the {@link TooLargeFilter} in place of what was too large or is no text. */
    @RequestMapping(path = TooLargeFilter.PATH, method = RequestMethod.GET)
    @Allows(anyone = true)
    ModelAndView tooLarge(HttpServletRequest request, HttpServletResponse response) {
        var locale = locales.resolveLocale(request);
        if (request.getAttribute(TooLargeFilter.UNREADABLE) != null) {
            response.setStatus(400);
            return page(400, sentence("page.unreadable", locale), locale);
        }
        response.setStatus(413);
        var page =
                page(
                        413,
                        Messages.sentence(
                                messages,
                                "refusal.page.too-large",
                                Map.of("max", max(request)),
                                locale),
                        locale);
        page.addObject("back", request.getAttribute(TooLargeFilter.BACK));
        return page;
    }

    /** How many MB would have been accepted. */
    private static int max(HttpServletRequest request) {
        return request.getAttribute(TooLargeFilter.MAX) instanceof Integer max ? max : UPLOAD_MAX;
    }

    /** The page with this sentence; its title is what the status means. */
    ModelAndView page(int status, String sentence, Locale locale) {
        var page = new ModelAndView("shell/error");
        page.addObject("status", status);
        page.addObject("title", Messages.sentence(messages, "status." + status, Map.of(), locale));
        page.addObject("sentence", sentence);
        return page;
    }

    String sentence(String key, Locale locale) {
        return Messages.sentence(messages, "refusal." + key, Map.of("max", UPLOAD_MAX), locale);
    }

    /** Called straight, there is no error to tell of: then there is nothing here. */
    private static int status(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status
                ? switch (status) {
                    case 401, 403, 404, 405, 406, 409, 413, 415, 503 -> status;
                    default -> status < 500 ? 400 : 500;
                }
                : 404;
    }

    private static String key(int status, HttpServletRequest request) {
        return request.getAttribute(WebAttributes.ACCESS_DENIED_403) instanceof CsrfException
                        && status == 403
                ? "csrf"
                : key(status);
    }

    static String key(int status) {
        return switch (status) {
            case 401 -> "unauthorized";
            case 403 -> "forbidden";
            case 404 -> "not-found";
            case 405 -> "method";
            case 406, 415 -> "media-type";
            case 413 -> "too-large";
            case 503 -> "unavailable";
            case 500 -> "bug";
            default -> "bad-request";
        };
    }
}
