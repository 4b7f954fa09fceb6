package shuqiao.shell;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.util.WebUtils;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Guide;
import shuqiao.kernel.MenuEntry;
import shuqiao.kernel.OrganizationNames;
import shuqiao.kernel.UnreadNotices;

/**
 * Gives every page its {@link Look}. Language, 关怀版 and contrast can be switched by a link on any
 * page ({@code ?lang= ?care= ?contrast=}); the choice goes into a cookie, so no visitor needs a
 * session.
 */
@Component
class Looks implements HandlerInterceptor {

    static final Set<String> THEMES = Set.of("auto", "light", "dark", "contrast");
    static final Set<String> CARES = Set.of("off", "large", "larger");

    private final List<MenuEntry> menu;
    private final SiteSettings site;
    private final LocaleResolver locales;
    private final ObjectProvider<OrganizationNames> names;
    private final ObjectProvider<Guide> guides;
    private final ObjectProvider<UnreadNotices> notices;

    Looks(
            List<MenuEntry> menu,
            SiteSettings site,
            LocaleResolver locales,
            ObjectProvider<OrganizationNames> names,
            ObjectProvider<Guide> guides,
            ObjectProvider<UnreadNotices> notices) {
        this.menu = menu.stream().sorted(Comparator.comparingInt(MenuEntry::order)).toList();
        this.site = site;
        this.locales = locales;
        this.names = names;
        this.guides = guides;
        this.notices = notices;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        keep(request, response, "lang", Set.of("zh", "en"));
        keep(request, response, "care", CARES);
        var contrast = request.getParameter("contrast");
        if ("on".equals(contrast) || "off".equals(contrast))
            response.addCookie(Language.cookie("theme", contrastTheme(contrast)));
        request.setAttribute(Look.ATTRIBUTE, look(request));
        return true;
    }

    Look look(HttpServletRequest request) {
        var actor = (Actor) request.getAttribute(Actor.ATTRIBUTE);
        var locale = locales.resolveLocale(request);
        var address = address(request);
        var path = address.contains("?") ? address.substring(0, address.indexOf('?')) : address;
        var organization = actor == null ? null : actor.organization();
        var free = request.getAttribute(Look.RESTRICTED) == null;
        return new Look(
                actor,
                organization == null
                        ? ""
                        : names.stream()
                                .findFirst()
                                .map(all -> all.shortName(organization, locale))
                                .orElse(""),
                free ? words(actor, path) : List.of(),
                site.in(locale),
                locale,
                theme(request),
                chosen(request, "care", CARES, "off"),
                address,
                actor == null || !free ? null : card(actor, request, path),
                actor != null && free && guides.stream().anyMatch(it -> it.offered(actor)),
                actor != null && free && actor.kind() == Actor.Kind.PERSON ? unread(actor) : null);
    }

    private @Nullable Long unread(Actor actor) {
        return notices.stream().findFirst().map(all -> all.unread(actor)).orElse(null);
    }

    /** Only where a page is read, and never on a page of an error. */
    private Guide.@Nullable Card card(Actor actor, HttpServletRequest request, String path) {
        if (!request.getMethod().equals("GET")
                || request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) != null) return null;
        return guides.stream()
                .flatMap(it -> it.card(actor, path).stream())
                .findFirst()
                .orElse(null);
    }

    private List<Look.Word> words(@Nullable Actor actor, String path) {
        if (actor == null) return List.of();
        var visible = menu.stream().filter(entry -> entry.visibleTo(actor)).toList();
        var here =
                visible.stream()
                        .map(MenuEntry::path)
                        .filter(to ->
                                path.equals(to) || (!to.equals("/") && path.startsWith(to + "/")))
                        .max(Comparator.comparingInt(String::length))
                        .orElse("");
        var words = new LinkedHashMap<String, List<Look.Word>>();
        for (var entry : visible)
            words.computeIfAbsent(entry.word(), _ -> new ArrayList<>())
                    .add(
                            new Look.Word(
                                    entry.key(),
                                    entry.path(),
                                    entry.path().equals(here),
                                    List.of()));
        return words.entrySet().stream().map(it -> word(it.getKey(), it.getValue())).toList();
    }

    /** A group of one is no group. */
    private static Look.Word word(String key, List<Look.Word> those) {
        var first = those.getFirst();
        return those.size() == 1
                ? first
                : new Look.Word(
                        key,
                        first.path(),
                        those.stream().anyMatch(Look.Word::current),
                        List.copyOf(those));
    }

    /** A page that came out of an error leads back to the start when its language is switched. */
    private static String address(HttpServletRequest request) {
        if (request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) != null) return "/";
        var query = request.getQueryString();
        return request.getRequestURI() + (query == null ? "" : "?" + query);
    }

    private static String theme(HttpServletRequest request) {
        var contrast = request.getParameter("contrast");
        if ("on".equals(contrast) || "off".equals(contrast)) return contrastTheme(contrast);
        return chosen(request, "theme", THEMES, "auto");
    }

    private static String contrastTheme(String contrast) {
        return contrast.equals("on") ? "contrast" : "auto";
    }

    private static void keep(
            HttpServletRequest request,
            HttpServletResponse response,
            String name,
            Set<String> allowed) {
        var asked = request.getParameter(name);
        if (asked != null && allowed.contains(asked))
            response.addCookie(Language.cookie(name, asked));
    }

    private static String chosen(
            HttpServletRequest request, String name, Set<String> allowed, String otherwise) {
        var asked = name.equals("theme") ? null : request.getParameter(name);
        if (asked != null && allowed.contains(asked)) return asked;
        var cookie = WebUtils.getCookie(request, name);
        return cookie != null && allowed.contains(cookie.getValue())
                ? cookie.getValue()
                : otherwise;
    }
}
