package shuqiao;

import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.support.GenericApplicationContext;
import shuqiao.engine.embedded.Home;
import shuqiao.kernel.LocalDatabases;

/**
 * Run by the build, never by a start: describes the bean factory to Spring's ahead-of-time
 * processing, which writes as code what a start would otherwise work out each time. It ends before
 * any bean is made.
 */
final class AheadOfTime {

    private AheadOfTime() {}

    public static void main(String[] args) {
        Startup.application()
                .initializers((GenericApplicationContext ground) -> {
                    reserve(ground, Home.class);
                    reserve(ground, Persistence.Access.class);
                    reserve(ground, LocalDatabases.class);
                })
                .run(args);
    }

    /** {@link Startup} registers it at each start, so no code is written for it. */
    private static void reserve(GenericApplicationContext ground, Class<?> type) {
        var definition = new RootBeanDefinition(type);
        definition.setAttribute(
                BeanRegistrationAotProcessor.IGNORE_REGISTRATION_ATTRIBUTE, Boolean.TRUE);
        ground.registerBeanDefinition(type.getName(), definition);
    }
}
