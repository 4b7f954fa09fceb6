package shuqiao.kit;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Role;

/**
 * A method that answers at many addresses, at each under the declared rule: the guard of the routes
 * and the list of operations find it where they find that of every other route.
 */
final class RouteMethod extends HandlerMethod {

    /** Makes the routes of registers such methods. */
    @Configuration(proxyBeanMethods = false)
    static class Routes {

        @Bean
        WebMvcRegistrations declaredRoutes() {
            return new WebMvcRegistrations() {
                @Override
                public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
                    return new RequestMappingHandlerMapping() {
                        @Override
                        protected HandlerMethod createHandlerMethod(Object handler, Method method) {
                            return handler instanceof Route route
                                    ? new RouteMethod(route, method)
                                    : super.createHandlerMethod(handler, method);
                        }
                    };
                }
            };
        }
    }

    private final Allows rule;
    private final io.swagger.v3.oas.annotations.@Nullable Operation operation;

    private RouteMethod(Route route, Method method) {
        super(route, method);
        this.rule =
                AnnotationUtils.synthesizeAnnotation(
                        Map.of("value", route.by().toArray(Role[]::new), "anyone", false),
                        Allows.class,
                        null);
        this.operation =
                route instanceof DataRoute data
                        ? AnnotationUtils.synthesizeAnnotation(
                                Map.of(
                                        "operationId",
                                        data.operation().id(),
                                        "summary",
                                        data.operation().summary(),
                                        "tags",
                                        new String[] {
                                            java.util.Objects.requireNonNullElse(
                                                    route.kept().register().tag(), "")
                                        }),
                                io.swagger.v3.oas.annotations.Operation.class,
                                null)
                        : null;
    }

    @Override
    public <A extends Annotation> @Nullable A getMethodAnnotation(Class<A> type) {
        if (type == Allows.class) return type.cast(rule);
        if (type == io.swagger.v3.oas.annotations.Operation.class) return type.cast(operation);
        return super.getMethodAnnotation(type);
    }

    /** No argument is checked by annotations: the declaration is. */
    @Override
    public HandlerMethod createWithValidateFlags() {
        return this;
    }

    /** The route is there already; there is no bean to find. */
    @Override
    public HandlerMethod createWithResolvedBean() {
        return this;
    }
}
