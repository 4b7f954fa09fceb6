package shuqiao;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Expressions of a page reach public methods only; another one breaks the page off, in that state
 * of the data which shows it. A page with a fault in its queue is such a state, so every expression
 * is looked at, whatever has been rendered.
 */
class PagesAskWhatIsPublicTests {

    private static final Pattern EXPRESSION =
            Pattern.compile("[$*]\\{((?:[^{}]|\\{[^{}]*\\})*)\\}");
    private static final Pattern CALL = Pattern.compile("\\.([a-z]\\w*)\\(");

    /** Of Java itself, what pages are given beside values of ours. */
    private static final List<Class<?>> GIVEN =
            List.of(
                    String.class,
                    List.class,
                    Map.class,
                    Map.Entry.class,
                    Set.class,
                    Optional.class,
                    LocalDate.class,
                    Instant.class,
                    Enum.class);

    private static final Set<String> GROUND = Set.of("kernel", "shell");

    private static List<Resource> found(String pattern) throws IOException {
        return Arrays.asList(new PathMatchingResourcePatternResolver().getResources(pattern));
    }

    private static String text(Resource page) {
        try {
            return page.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static String room(String path) {
        return path.replaceAll(".*/shuqiao/([a-z]+)/.*", "$1");
    }

    /** Names that pages of each room call, by the room. */
    private static Map<String, Set<String>> called() throws IOException {
        var called = new HashMap<String, Set<String>>();
        for (var page : found("classpath*:shuqiao/*/*.html")) {
            var names = called.computeIfAbsent(room(page.getURL().getPath()), _ -> new HashSet<>());
            var expressions = EXPRESSION.matcher(text(page));
            while (expressions.find()) {
                var calls = CALL.matcher(expressions.group(1));
                while (calls.find())
                    names.add(calls.group(1) + "/" + given(expressions.group(1), calls.end()));
            }
        }
        return called;
    }

    /** How many values stand between the brackets that have just been opened. */
    private static int given(String expression, int from) {
        int depth = 0;
        int commas = 0;
        for (int at = from; at < expression.length(); at++)
            switch (expression.charAt(at)) {
                case '(', '[', '{' -> depth++;
                case ')', ']', '}' -> {
                    if (depth-- == 0)
                        return expression.substring(from, at).isBlank() ? 0 : commas + 1;
                }
                case ',' -> {
                    if (depth == 0) commas++;
                }
                default -> {}
            }
        return commas;
    }

    private static List<Class<?>> types() throws IOException {
        var types = new ArrayList<Class<?>>();
        for (var it : found("classpath*:shuqiao/**/*.class")) {
            var path = it.getURL().getPath();
            if (!path.contains("/classes/") || path.contains("package-info")) continue;
            var name =
                    path.substring(path.lastIndexOf("/shuqiao/") + 1)
                            .replace('/', '.')
                            .replaceAll("\\.class$", "");
            try {
                var type =
                        Class.forName(
                                name, false, PagesAskWhatIsPublicTests.class.getClassLoader());
                types.add(type);
            } catch (ClassNotFoundException | LinkageError _) {
                // of a library that is not there
            }
        }
        return types;
    }

    /** What stands in a model is a value, or belongs to every page. */
    private static boolean isValue(Class<?> type) {
        return type.isRecord() || type.isEnum() || type.isInterface();
    }

    private static boolean isHidden(Method method) {
        return !Modifier.isPublic(method.getModifiers())
                && !Modifier.isStatic(method.getModifiers())
                && !Modifier.isPrivate(method.getModifiers())
                && !method.isSynthetic();
    }

    private static String name(Method method) {
        return method.getName() + "/" + method.getParameterCount();
    }

    private static String room(Class<?> type) {
        return room("/" + type.getName().replace('.', '/') + "/");
    }

    private static Set<String> open(Stream<Class<?>> types) {
        return types.flatMap(type -> Arrays.stream(type.getMethods()))
                .map(PagesAskWhatIsPublicTests::name)
                .collect(Collectors.toSet());
    }

    /**
     * What is called is public on some type of the same room, of the ground or of Java. Which type
     * stands behind an expression is not known here, so one hidden method beside an open one of its
     * name passes.
     */
    @Test
    void whatever_a_page_asks_of_a_value_is_public() throws IOException {
        var called = called();
        var types = types();
        var given = open(GIVEN.stream());
        given.addAll(
                open(
                        types.stream()
                                .filter(it ->
                                        GROUND.contains(room(it))
                                                && !Throwable.class.isAssignableFrom(it))));
        var hidden = new TreeSet<String>();
        for (var room : called.entrySet()) {
            var own = types.stream().filter(type -> room(type).equals(room.getKey())).toList();
            var open = open(own.stream().filter(PagesAskWhatIsPublicTests::isValue));
            for (var type : own.stream().filter(PagesAskWhatIsPublicTests::isValue).toList())
                for (var method : type.getDeclaredMethods())
                    if (isHidden(method)
                            && room.getValue().contains(name(method))
                            && !open.contains(name(method))
                            && !given.contains(name(method)))
                        hidden.add(type.getName() + "." + method.getName());
        }

        assertThat(called.get("notice")).contains("why/0", "reply/0");
        assertThat(hidden).isEmpty();
    }
}
