package shuqiao.shell;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import shuqiao.kernel.Actor;

/** Lets a controller ask for the {@link Actor} of the request, gives pages their {@link Look}. */
@Configuration(proxyBeanMethods = false)
class Web implements WebMvcConfigurer {

    private static final int DAY = 24 * 3600;

    private final Looks looks;

    Web(Looks looks) {
        this.looks = looks;
    }

    /** Outside of all others: the session filter is the first that meets the database. */
    @Bean
    static FilterRegistrationBean<UnavailableFilter> unavailableFilter(
            Problems problems, MessageSource messages, LocaleResolver locales) {
        var filter =
                new FilterRegistrationBean<>(new UnavailableFilter(problems, messages, locales));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return filter;
    }

    /** Inside of the session filter, so that its page knows the reader; outside of all guards. */
    @Bean
    static FilterRegistrationBean<TooLargeFilter> tooLargeFilter(
            Problems problems,
            @Value("${spring.servlet.multipart.max-file-size}") DataSize file,
            @Value("${spring.servlet.multipart.max-request-size}") DataSize request,
            @Value("${server.tomcat.max-http-form-post-size}") DataSize form) {
        var filter =
                new FilterRegistrationBean<>(
                        new TooLargeFilter(
                                problems,
                                (int) file.toMegabytes(),
                                (int) request.toMegabytes(),
                                (int) form.toMegabytes()));
        filter.setOrder(SessionRepositoryFilter.DEFAULT_ORDER + 10);
        return filter;
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/favicon.ico")
                .addResourceLocations("classpath:/static/")
                .setCachePeriod(DAY);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new ActorArgument());
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(looks)
                .excludePathPatterns("/static/**", "/api/**", "/favicon.ico", "/actuator/**");
    }

    private static final class ActorArgument implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Actor.class;
        }

        @Override
        public @Nullable Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            return request.getAttribute(Actor.ATTRIBUTE, NativeWebRequest.SCOPE_REQUEST);
        }
    }
}
