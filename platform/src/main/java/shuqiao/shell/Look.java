package shuqiao.shell;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Guide;
import shuqiao.kernel.Role;

/**
 * What the frame of a page needs, in the request as {@code ${look}}: there before any controller
 * runs, so that error pages have it too.
 *
 * @param organization short name of the actor's organization, or empty
 * @param theme auto, light, dark or contrast
 * @param care off, large or larger (关怀版)
 * @param address path and query of this page, to come back to in another language
 * @param guide the card of the guided tour above this page; null where nobody is led
 * @param guided whether the reader may begin the tour once more
 * @param unread how many notices the reader has not read; null where nobody is told anything
 */
public record Look(
        @Nullable Actor actor,
        String organization,
        List<Word> menu,
        SiteSettings.Site site,
        Locale locale,
        String theme,
        String care,
        String address,
        Guide.@Nullable Card guide,
        boolean guided,
        @Nullable Long unread) {

    /** The name of the request attribute, hence of the variable in pages. */
    static final String ATTRIBUTE = "look";

    /** Request attribute of somebody who may do nothing yet but set a password: no menu then. */
    public static final String RESTRICTED = "shuqiao.restricted";

    /**
     * One word of the menu, and whether its room is where the reader is.
     *
     * @param within the words that it stands for; empty where it stands for itself
     */
    public record Word(String key, String path, boolean current, List<Word> within) {

        boolean leadsTo(String where) {
            return path.equals(where) || within.stream().anyMatch(word -> word.leadsTo(where));
        }
    }

    /** The words of the group in which the reader is; none where there is no choice. */
    public List<Word> within() {
        return menu.stream().filter(Word::current).findFirst().map(Word::within).orElse(List.of());
    }

    /** Message key of the group in which the reader is. */
    public String group() {
        return menu.stream().filter(Word::current).findFirst().map(Word::key).orElse("");
    }

    public String htmlLang() {
        return english() ? "en" : "zh-CN";
    }

    public boolean english() {
        return locale.getLanguage().equals("en");
    }

    public String otherLang() {
        return english() ? "zh" : "en";
    }

    public boolean cares() {
        return !care.equals("off");
    }

    /** Class of the root, on which the size of all letters hangs. */
    public String careClass() {
        return switch (care) {
            case "large" -> "care";
            case "larger" -> "care larger";
            default -> "";
        };
    }

    /** Roomy where the public reads, dense where experts work. */
    public String bodyClass(boolean open) {
        return (open ? "public" : "work") + (cares() ? " care" : "");
    }

    /** This page once more, with one taste changed. */
    public String with(String name, String value) {
        return UriComponentsBuilder.fromUriString(address)
                .replaceQueryParam(name, value)
                .build()
                .toUriString();
    }

    public boolean asked(String parameter) {
        return !UriComponentsBuilder.fromUriString(address)
                .build()
                .getQueryParams()
                .getOrDefault(parameter, List.of())
                .isEmpty();
    }

    /** Whether the menu leads there: a page links only to what its reader may open. */
    public boolean offers(String path) {
        return menu.stream().anyMatch(word -> word.leadsTo(path));
    }

    /** Whether the header has the search box: not where the page itself has a big one. */
    public boolean searches() {
        var path = UriComponentsBuilder.fromUriString(address).build().getPath();
        return offers("/resources") && !"/".equals(path) && !"/resources".equals(path);
    }

    /** First character of the name, for the square beside it. */
    public String initial() {
        if (actor == null || actor.name().isBlank()) return "";
        return new String(Character.toChars(Character.toUpperCase(actor.name().codePointAt(0))));
    }

    /** Roles in the order of their declaration. */
    public List<Role> roles() {
        return actor == null ? List.of() : actor.roles().stream().sorted().toList();
    }

    /** Whether the reader holds this role; for templates, which know no enums. */
    public boolean has(String role) {
        return actor != null && actor.has(Role.valueOf(role));
    }
}
