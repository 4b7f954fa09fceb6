package shuqiao.shell;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import shuqiao.kernel.Actor;
import shuqiao.kernel.BaseUrl;
import shuqiao.kernel.Invalid;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** Lets a controller ask for the {@link Actor} of the request, gives pages their {@link Look}. */
@Configuration(proxyBeanMethods = false)
class Web implements WebMvcConfigurer {

    private static final int DAY = 24 * 3600;

    private final Looks looks;
    private final FieldNames fields;
    private final JsonMapper json;
    private final Forms forms;

    Web(Looks looks, FieldNames fields, JsonMapper json, Forms forms) {
        this.looks = looks;
        this.fields = fields;
        this.json = json;
        this.forms = forms;
    }

    /** First of all: who is called by another name answers nothing. */
    @Bean
    static FilterRegistrationBean<AddressFilter> addressFilter(BaseUrl baseUrl, Problems problems) {
        var filter = new FilterRegistrationBean<>(new AddressFilter(baseUrl, problems));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 5);
        return filter;
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

    /** Behind the guards (order -100) and before what is kept of answers. */
    @Bean
    static FilterRegistrationBean<Unreadable.ForPrograms> unreadableFilter(Problems problems) {
        var filter = new FilterRegistrationBean<>(new Unreadable.ForPrograms(problems));
        filter.addUrlPatterns("/api/*");
        filter.setOrder(-50);
        return filter;
    }

    /**
     * The API speaks JSON, in one strict form, whatever else lies on the class path: the library
     * that draws the API document brings YAML, which nobody asked for.
     */
    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
        var strict =
                json.rebuild()
                        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                        .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                        .build();
        builder.configureMessageConvertersList(all -> {
            all.removeIf(Web::isOther);
            all.replaceAll(it ->
                    it.getClass() == JacksonJsonHttpMessageConverter.class
                            ? new JacksonJsonHttpMessageConverter(strict)
                            : it);
        });
    }

    private static boolean isOther(HttpMessageConverter<?> converter) {
        return converter.getSupportedMediaTypes().stream()
                .map(MediaType::toString)
                .anyMatch(it ->
                        it.contains("yaml")
                                || it.contains("xml")
                                || it.contains("cbor")
                                || it.contains("smile"));
    }

    /** A choice that is blank is none; an empty one is a form's way to say "all". */
    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public void addFormatters(FormatterRegistry formats) {
        formats.addConverterFactory(
                new ConverterFactory<String, Enum>() {
                    @Override
                    public <T extends Enum> Converter<String, @Nullable T> getConverter(
                            Class<T> type) {
                        return text -> text.isEmpty() ? null : (T) Enum.valueOf(type, text.strip());
                    }
                });
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
        resolvers.add(new Submission.Argument(forms));
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(looks)
                .excludePathPatterns("/static/**", "/api/**", "/favicon.ico", "/actuator/**");
        registry.addInterceptor(fields)
                .excludePathPatterns("/static/**", "/api/**", "/actuator/**");
        registry.addInterceptor(new FilesForms());
    }

    /** The words beside a file are read behind the guards, so they are looked through here. */
    private static final class FilesForms implements HandlerInterceptor {

        @Override
        public boolean preHandle(
                HttpServletRequest request, HttpServletResponse response, Object handler) {
            var type = request.getContentType();
            if (type != null
                    && type.regionMatches(true, 0, "multipart/", 0, 10)
                    && Unreadable.isIn(request.getParameterMap()))
                throw Invalid.field("form", "null-character");
            return true;
        }
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
