package shuqiao.shell;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.util.WebUtils;
import shuqiao.kernel.Messages;

/**
 * Which of the two languages a reader gets: pages by {@code ?lang=en|zh} and a cookie, Chinese by
 * default; the API by {@code Accept-Language}.
 */
@Component("localeResolver")
class Language implements LocaleResolver {

    private static final String COOKIE = "lang";
    private static final int YEAR = 365 * 24 * 3600;

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        if (request.getRequestURI().startsWith("/api/"))
            return Messages.choose(request.getHeader("Accept-Language"));
        var asked = request.getParameter("lang");
        if (asked == null) {
            var cookie = WebUtils.getCookie(request, COOKIE);
            asked = cookie == null ? "zh" : cookie.getValue();
        }
        return "en".equals(asked) ? Locale.ENGLISH : Messages.CHINESE;
    }

    @Override
    public void setLocale(
            HttpServletRequest request,
            @Nullable HttpServletResponse response,
            @Nullable Locale locale) {
        if (response != null) response.addCookie(cookie(COOKIE, language(locale)));
    }

    static String language(@Nullable Locale locale) {
        return locale != null && locale.getLanguage().equals("en") ? "en" : "zh";
    }

    /** A cookie that remembers a taste, not a person. */
    static Cookie cookie(String name, String value) {
        var cookie = new Cookie(name, value);
        cookie.setPath("/");
        cookie.setMaxAge(YEAR);
        cookie.setHttpOnly(true);
        cookie.setAttribute("SameSite", "Lax");
        return cookie;
    }
}
