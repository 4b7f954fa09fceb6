package shuqiao;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Door;
import shuqiao.kernel.Trusted;

/** A door knows who calls: each public method takes the actor, or says why it needs none. */
class DoorsAreGuardedTests {

    private static final List<JavaClass> DOORS = doors();

    /** Only the doors are read, not every class there is and all that those use. */
    private static List<JavaClass> doors() {
        var scanner =
                new ClassPathScanningCandidateComponentProvider(false) {
                    @Override
                    protected boolean isCandidateComponent(AnnotatedBeanDefinition found) {
                        return true;
                    }
                };
        scanner.addIncludeFilter(new AnnotationTypeFilter(Door.class));
        var types =
                scanner.findCandidateComponents("shuqiao").stream()
                        .map(found ->
                                ClassUtils.resolveClassName(
                                        Objects.requireNonNull(found.getBeanClassName()), null))
                        .toArray(Class<?>[]::new);
        return new ClassFileImporter()
                .importClasses(types).stream()
                        .filter(type -> type.isAnnotatedWith(Door.class))
                        .toList();
    }

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
