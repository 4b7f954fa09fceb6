package shuqiao.shell;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;
import shuqiao.kernel.Invalid;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Looks through the JSON of a call before it becomes values, and refuses, with the field, what each
 * reader takes differently or no database stores: a name twice in an object, NUL, half of a
 * character, a number beyond all measure.
 */
@RestControllerAdvice(annotations = RestController.class)
class JsonGuard extends RequestBodyAdviceAdapter {

    /** MB of a body that is no file. */
    static final int BODY_MAX_MB = 8;

    /** Digits of a number; a double has 17, a numeric of our own tables 38. */
    private static final int DIGITS_MAX = 100;

    /** A double ends at 308. */
    private static final int EXPONENT_MAX = 400;

    private static final int PATH_MAX = 200;

    private static final JsonFactory JSON = new JsonFactory();

    /** A name stands twice in one object. */
    static final class Twice extends RuntimeException {
        final String property;

        Twice(String property) {
            super("twice: " + property);
            this.property = property;
        }
    }

    /** The body is larger than any that makes sense. */
    static final class TooLarge extends RuntimeException {}

    @Override
    public boolean supports(
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage input,
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converter)
            throws IOException {
        var json = input.getHeaders().getContentType();
        if (json == null || !json.getSubtype().endsWith("json")) return input;
        var content = input.getBody().readNBytes(BODY_MAX_MB * 1024 * 1024 + 1);
        if (content.length > BODY_MAX_MB * 1024 * 1024) throw new TooLarge();
        check(content);
        return new Read(input.getHeaders(), new ByteArrayInputStream(content));
    }

    private record Read(HttpHeaders headers, InputStream body) implements HttpInputMessage {
        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public InputStream getBody() {
            return body;
        }
    }

    static void check(byte[] content) {
        var names = new ArrayDeque<Set<String>>();
        try (var parser = JSON.createParser(ObjectReadContext.empty(), content)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken())
                switch (token) {
                    case START_OBJECT -> names.push(new HashSet<>());
                    case END_OBJECT -> names.pop();
                    case PROPERTY_NAME -> {
                        text(parser, parser.currentName());
                        if (!names.getFirst().add(parser.currentName()))
                            throw new Twice(cut(parser.currentName()));
                    }
                    case VALUE_STRING -> text(parser, parser.getString());
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
                    default -> {}
                }
        } catch (JacksonException _) {
            // told when it is read
        }
    }

    private static void text(JsonParser parser, String text) {
        if (text.indexOf(0) >= 0) throw Invalid.field(path(parser), "null-character");
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text))
            throw Invalid.field(path(parser), "broken-character");
    }

    private static void number(JsonParser parser) {
        var text = parser.getString();
        int mark = Math.max(text.indexOf('e'), text.indexOf('E'));
        var exponent = mark < 0 ? "0" : text.substring(mark + 1);
        if (text.length() > DIGITS_MAX
                || exponent.length() > 6
                || Math.abs(Integer.parseInt(exponent)) > EXPONENT_MAX)
            throw Invalid.field(path(parser), "number-size");
    }

    /** {@code items[0].name}; empty at the top. */
    private static String path(JsonParser parser) {
        var path = new StringBuilder();
        for (var at = parser.streamReadContext(); at != null && !at.inRoot(); at = at.getParent())
            path.insert(0, step(at));
        var whole = path.toString();
        return cut(whole.startsWith(".") ? whole.substring(1) : whole);
    }

    private static String step(TokenStreamContext at) {
        if (at.inArray()) return "[" + at.getCurrentIndex() + "]";
        var name = at.currentName();
        // what is told must itself be text
        return "." + (name == null ? "" : name.replaceAll("[\\p{Cc}\\p{Cs}]", "\uFFFD"));
    }

    /** Short enough to be said back. */
    static String cut(String text) {
        return text.length() > PATH_MAX ? text.substring(0, PATH_MAX) + "…" : text;
    }
}
