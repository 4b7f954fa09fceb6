package shuqiao;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Offered;

/**
 * Rooms below ask rooms above by interfaces that these implement: a second graph of calls, which no
 * import shows. All of it says what it is for, and is drawn.
 */
@Tag("slow")
class OffersTests {

    private static final List<JavaClass> CLASSES =
            ModularityTests.ROOMS.stream()
                    .flatMap(room -> room.getBasePackage().stream())
                    .distinct()
                    .toList();

    private static final List<JavaClass> OFFERED =
            CLASSES.stream()
                    .filter(JavaClass::isInterface)
                    .filter(it -> !offering(it).isEmpty() || it.isAnnotatedWith(Offered.class))
                    .sorted(
                            Comparator.comparing(OffersTests::room)
                                    .thenComparing(JavaClass::getSimpleName))
                    .toList();

    private static final Set<Offered.As> DRAWN =
            EnumSet.of(Offered.As.RULE, Offered.As.PART, Offered.As.LINES);

    @Test
    void an_interface_that_rooms_above_implement_says_what_it_is_for() {
        assertThat(OFFERED).hasSizeGreaterThan(20);
        assertThat(OFFERED).allMatch(it -> it.isAnnotatedWith(Offered.class), "is @Offered");
    }

    @Test
    void what_is_offered_is_implemented_in_a_room_above() {
        assertThat(OFFERED).noneMatch(it -> offering(it).isEmpty());
    }

    @Test
    void the_offers_are_drawn() throws IOException {
        var plan = new StringBuilder("# What rooms below ask of rooms above\n\n");
        plan.append(
                """
                Written by `OffersTests`. A room that may not call another declares an interface, marked `@Offered`, and the other implements it by a bean.
                Why each is asked: [decision 43](../decisions/0043-what-is-asked-and-what-is-told.md).

                Who asks, and in whose room the answer is given. Names, work and what the ground needs, asked by nearly all, stand in the table alone.

                ```mermaid
                flowchart LR
                """);
        edges().forEach((edge, names) ->
                plan.append("    ").append(edge.formatted(String.join(", ", names))).append('\n'));
        plan.append(
                "```\n\n| interface | room | as | asked by | offered by |\n|---|---|---|---|---|\n");
        for (var it : OFFERED)
            plan.append(
                    "| `%s` | %s | %s | %s | %s |%n"
                            .formatted(
                                    it.getSimpleName(),
                                    room(it),
                                    as(it).name().toLowerCase(Locale.ROOT),
                                    String.join(" ", asking(it)),
                                    String.join(" ", offering(it))));

        Plan.drawn("offers.md", plan);
    }

    private static TreeMap<String, Set<String>> edges() {
        var edges = new TreeMap<String, Set<String>>();
        for (var it : OFFERED) {
            if (!DRAWN.contains(as(it))) continue;
            for (var asks : asking(it))
                for (var answers : offering(it))
                    if (!asks.equals(answers))
                        edges.computeIfAbsent(
                                        asks + " -. \"%s\" .-> " + answers, _ -> new TreeSet<>())
                                .add(it.getSimpleName());
        }
        return edges;
    }

    private static Offered.As as(JavaClass offered) {
        return offered.getAnnotationOfType(Offered.class).value();
    }

    /** Rooms, other than its own, in which a bean is of this kind. */
    private static Set<String> offering(JavaClass offered) {
        var classes =
                offered.getAllSubclasses().stream()
                        .filter(it -> !it.isInterface())
                        .filter(it -> !it.getModifiers().contains(JavaModifier.ABSTRACT))
                        .filter(it ->
                                it.isMetaAnnotatedWith(Component.class)
                                        || room(it).equals("shuqiao"));
        var methods = CLASSES.stream().filter(it -> makes(it, offered));
        return rooms(Stream.concat(classes, methods), room(offered));
    }

    /** Whether a method of the class makes a bean of this kind. */
    private static boolean makes(JavaClass it, JavaClass offered) {
        return it.getMethods().stream()
                .filter(method -> method.isAnnotatedWith(Bean.class))
                .anyMatch(method -> method.getRawReturnType().isAssignableTo(offered.getName()));
    }

    /** Rooms that speak of it and do not only offer it. */
    private static Set<String> asking(JavaClass offered) {
        return rooms(
                offered.getDirectDependenciesToSelf().stream()
                        .map(Dependency::getOriginClass)
                        // written by the build: makes beans, asks nobody
                        .filter(it -> !it.getName().contains("__"))
                        .filter(it -> !it.isAssignableTo(offered.getName()))
                        .filter(it -> !makes(it, offered))
                        .filter(it -> !it.getName().startsWith(offered.getName() + "$")),
                "");
    }

    private static Set<String> rooms(Stream<JavaClass> classes, String but) {
        return classes.map(OffersTests::room)
                .filter(room -> !room.equals(but))
                .collect(toCollection(TreeSet::new));
    }

    /** The root package, which wires all, is called as the house. */
    private static String room(JavaClass it) {
        return Stream.of(it.getPackageName().split("\\.", -1))
                .limit(2)
                .reduce((_, room) -> room)
                .stream()
                .collect(joining());
    }
}
