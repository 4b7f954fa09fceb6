package shuqiao;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Door;
import shuqiao.kernel.Trusted;

/** A door knows who calls: each public method takes the actor, or says why it needs none. */
class DoorsAreGuardedTests {

    private static final List<JavaClass> DOORS =
            new ClassFileImporter()
                            .withImportOption(new ImportOption.DoNotIncludeTests())
                            .importPackages("shuqiao")
                            .stream()
                            .filter(type -> type.isAnnotatedWith(Door.class))
                            .toList();

    @Test
    void each_public_method_of_a_door_takes_an_actor_or_says_why_not() {
        var unguarded = new ArrayList<String>();
        for (var door : DOORS)
            for (var method : door.getMethods()) {
                if (!method.getModifiers().contains(JavaModifier.PUBLIC)
                        || method.getModifiers().contains(JavaModifier.SYNTHETIC)) continue;
                var actor =
                        method.getRawParameterTypes().stream()
                                .anyMatch(type -> type.isEquivalentTo(Actor.class));
                var reason =
                        method.tryGetAnnotationOfType(Trusted.class).map(Trusted::value).orElse("");
                if (!actor && reason.isBlank()) unguarded.add(method.getFullName());
            }
        assertThat(DOORS).hasSizeGreaterThan(5);
        assertThat(unguarded).isEmpty();
    }

    @Test
    void doors_hold_no_sql_and_no_http() {
        for (var door : DOORS)
            for (var use : door.getDirectDependenciesFromSelf())
                assertThat(use.getTargetClass().getPackageName())
                        .as(use.getDescription())
                        .doesNotStartWith("org.springframework.jdbc")
                        .doesNotStartWith("org.springframework.web")
                        .doesNotStartWith("jakarta.servlet")
                        .doesNotStartWith("java.sql");
    }
}
