package shuqiao.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;

/**
 * The one place that decides who may call a route: by the {@link Allows} of the method behind it. A
 * method without a rule answers nobody. A path without a method behind it tells strangers of the
 * API nothing but 401, and everybody else 404.
 */
@Component
class RouteGuard implements AuthorizationManager<RequestAuthorizationContext> {

    private static final AuthorizationDecision YES = new AuthorizationDecision(true);
    private static final AuthorizationDecision NO = new AuthorizationDecision(false);

    private final RequestMappingHandlerMapping routes;

    RouteGuard(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping routes) {
        this.routes = routes;
    }

    @Override
    public @Nullable AuthorizationResult authorize(
            Supplier<? extends @Nullable Authentication> authentication,
            RequestAuthorizationContext context) {
        var request = context.getRequest();
        var actor = (Actor) request.getAttribute(Actor.ATTRIBUTE);
        var method = method(request);
        if (method == null)
            return actor != null || !request.getRequestURI().startsWith("/api") ? YES : NO;
        return allows(method, actor) ? YES : NO;
    }

    static boolean allows(HandlerMethod method, @Nullable Actor actor) {
        if (!method.getBeanType().getName().startsWith("shuqiao."))
            // libraries' own: the API document is public, nothing else of theirs is mapped
            return method.getBeanType().getName().startsWith("org.springdoc.")
                    || method.getBeanType()
                            .getName()
                            .startsWith("org.springframework.boot.webmvc.");
        var rule = method.getMethodAnnotation(Allows.class);
        if (rule == null) return false;
        if (rule.anyone()) return true;
        return actor != null
                && (rule.value().length == 0 || Arrays.stream(rule.value()).anyMatch(actor::has));
    }

    private @Nullable HandlerMethod method(HttpServletRequest request) {
        try {
            ServletRequestPathUtils.parseAndCache(request);
            var chain = routes.getHandler(request);
            return chain != null && chain.getHandler() instanceof HandlerMethod method
                    ? method
                    : null;
        } catch (Exception noSuchMethodOrMediaType) {
            // 405, 406 and 415 are said later, to those who are signed in
            return null;
        } finally {
            ServletRequestPathUtils.clearParsedRequestPath(request);
        }
    }
}
