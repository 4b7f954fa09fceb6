package shuqiao.shell;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.RequestContextUtils;

/**
 * Says which field is to be filled in, on every form: 请填写「名称」, where the door only said that
 * something is missing. The word is the label that the page itself gives the field, read from the
 * pages once; a field that a page makes in a loop keeps the plain sentence beside it.
 */
@Component
class FieldNames implements HandlerInterceptor {

    private static final Pattern FIELD =
            Pattern.compile(
                    "shell/parts :: (field|text|date|password|select|file|radios|checks|cards)"
                            + "\\('([\\w.-]+)', #\\{([\\w.-]+)\\}");

    /** Boxes and knobs that a page writes itself: their legend names them. */
    private static final Pattern CHOICES =
            Pattern.compile(
                    "<fieldset [^>]*\\bid=\"([\\w.-]+)\"[^>]*>\\s*"
                            + "<legend th:text=\"#\\{([\\w.-]+)\\}\"");

    private static final String REQUIRED = "fault.required";

    /** Label of a field, and whether it is chosen rather than written. */
    private record Named(String key, boolean chosen) {}

    /** Page, or room, to field to label; in a room that calls one field by two names, none. */
    private final Map<String, Map<String, @Nullable Named>> names = new HashMap<>();

    private final MessageSource messages;

    FieldNames(MessageSource messages) {
        this.messages = messages;
        try {
            for (var page :
                    new PathMatchingResourcePatternResolver()
                            .getResources("classpath*:shuqiao/*/*.html")) {
                var folders = page.getURL().getPath().split("/");
                var room = folders[folders.length - 2];
                var file = folders[folders.length - 1];
                read(
                        room,
                        room + "/" + file.substring(0, file.length() - ".html".length()),
                        page.getContentAsString(StandardCharsets.UTF_8));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void read(String room, String page, String text) {
        var fields = FIELD.matcher(text);
        while (fields.find()) {
            var chosen =
                    switch (fields.group(1)) {
                        case "field", "text", "date", "password" -> false;
                        default -> true;
                    };
            name(room, page, fields.group(2), new Named(fields.group(3), chosen));
        }
        var choices = CHOICES.matcher(text);
        while (choices.find())
            name(room, page, choices.group(1), new Named(choices.group(2), true));
    }

    private void name(String room, String page, String field, Named named) {
        of(page).put(field, named);
        of(room).merge(field, named, (one, other) -> one.equals(other) ? one : null);
    }

    private Map<String, @Nullable Named> of(String where) {
        return names.computeIfAbsent(where, _ -> new HashMap<>());
    }

    @Override
    public void postHandle(
            HttpServletRequest request,
            HttpServletResponse response,
            Object handler,
            @Nullable ModelAndView shown) {
        var view = shown == null ? null : shown.getViewName();
        if (shown == null || view == null) return;
        if (!(shown.getModel().get("errors") instanceof Map<?, ?> errors) || errors.isEmpty())
            return;
        var locale = RequestContextUtils.getLocale(request);
        var plain = messages.getMessage(REQUIRED, null, locale);
        var said = new LinkedHashMap<Object, Object>();
        errors.forEach((field, sentence) ->
                said.put(
                        field,
                        sentence.equals(plain)
                                ? sentence(view, String.valueOf(field), plain, locale)
                                : sentence));
        shown.getModel().put("errors", said);
    }

    private String sentence(String view, String field, String plain, Locale locale) {
        var page = view.replaceFirst(" ::.*", "");
        var named = names.getOrDefault(page, Map.of()).get(field);
        if (named == null)
            named = names.getOrDefault(page.replaceFirst("/.*", ""), Map.of()).get(field);
        if (named == null) return plain;
        return messages.getMessage(
                named.chosen() ? "fault.required.choice" : "fault.required.field",
                new Object[] {messages.getMessage(named.key(), null, locale)},
                locale);
    }
}
