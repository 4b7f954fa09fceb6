package shuqiao;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameContaining;

import java.io.IOException;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

/** The plan of the house is kept, and drawn as it is: a reviewer sees it change in the diff. */
@Tag("slow")
class ModularityTests {

    /** The libraries are no rooms; every room may use them. What the build writes is no design. */
    static final ApplicationModules ROOMS =
            ApplicationModules.of(
                    Shuqiao.class,
                    resideInAnyPackage("shuqiao.engine..", "shuqiao.standard..")
                            .or(simpleNameContaining("__")));

    @Test
    void rooms_touch_only_where_the_plan_says() {
        ROOMS.verify();
    }

    @Test
    void the_plan_is_drawn() throws IOException {
        var plan = new StringBuilder();
        plan.append("# The rooms and whom they call\n\n");
        plan.append(
                "Written by `ModularityTests`. Every room also uses `kernel`, which is not drawn.\n\n");
        plan.append("```mermaid\nflowchart TD\n");
        for (var room : rooms()) {
            plan.append("    ").append(name(room)).append('\n');
            for (var below : called(room).split(" ", -1))
                if (!below.isEmpty()) plan.append("    %s --> %s%n".formatted(name(room), below));
        }
        plan.append("```\n\n| room | floor | calls |\n|---|---|---|\n");
        for (var room : rooms())
            plan.append(
                    "| `%s` | %s | %s |%n"
                            .formatted(name(room), room.getDisplayName(), called(room)));

        Plan.drawn("rooms.md", plan);
    }

    private static Iterable<ApplicationModule> rooms() {
        return ROOMS.stream().sorted(Comparator.comparing(ModularityTests::name)).toList();
    }

    private static String name(ApplicationModule room) {
        return room.getIdentifier().toString();
    }

    private static String called(ApplicationModule room) {
        return room.getDirectDependencies(ROOMS)
                .uniqueModules()
                .map(ModularityTests::name)
                .filter(below -> !below.equals("kernel"))
                .sorted()
                .collect(Collectors.joining(" "));
    }
}
