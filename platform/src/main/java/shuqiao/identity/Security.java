package shuqiao.identity;

import jakarta.servlet.DispatcherType;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.oauth2.server.authorization.authentication.ClientSecretAuthenticationProvider;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.WebAttributes;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.config.annotation.web.http.EnableJdbcHttpSession;
import org.springframework.session.security.SpringSessionBackedSessionRegistry;
import shuqiao.shell.Problems;

/**
 * Four doors of the house: figures for monitoring, tokens, the API, and pages. Each denies by
 * default.
 */
@Configuration(proxyBeanMethods = false)
@EnableJdbcHttpSession(
        tableName = "identity.spring_session",
        maxInactiveIntervalInSeconds = Security.BEFORE_LOGIN_SECONDS)
class Security {

    /** How long a form waits for its sender; after login the {@link SessionLimits} hold. */
    static final int BEFORE_LOGIN_SECONDS = 30 * 60;

    /** Everything from this place, nothing from elsewhere, no script in a page. */
    static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
                    + " frame-ancestors 'none'";

    private final WhoIs whoIs;
    private final RouteGuard guard;
    private final Problems problems;

    Security(WhoIs whoIs, RouteGuard guard, Problems problems) {
        this.whoIs = whoIs;
        this.guard = guard;
        this.problems = problems;
    }

    @Bean
    @Order(1)
    SecurityFilterChain monitoring(HttpSecurity http, MetricsToken token) throws Exception {
        return http.securityMatcher("/actuator/**")
                .headers(Security::transport)
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(routes ->
                        routes.requestMatchers("/actuator/health", "/actuator/health/*")
                                .permitAll()
                                .requestMatchers("/actuator/prometheus")
                                .access(token)
                                .anyRequest()
                                .denyAll())
                .exceptionHandling(e ->
                        e.authenticationEntryPoint(unauthorized()).accessDeniedHandler(forbidden()))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain tokens(HttpSecurity http, ProgramSecrets secrets) throws Exception {
        http.securityMatcher("/oauth2/**");
        http.oauth2AuthorizationServer(server -> {
            server.tokenEndpoint(token -> token.accessTokenRequestConverter(new TokenRequests()));
            server.clientAuthentication(client ->
                    client.authenticationProviders(providers -> {
                        for (var one : providers)
                            if (one instanceof ClientSecretAuthenticationProvider bySecret)
                                bySecret.setPasswordEncoder(secrets);
                    }));
        });
        return http.authorizeHttpRequests(routes ->
                        routes.requestMatchers(HttpMethod.GET, TokenAddresses.KEYS)
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .addFilterAfter(new TokenAddresses.OnlyThese(problems), HeaderWriterFilter.class)
                .headers(Security::transport)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .exceptionHandling(e -> e.authenticationEntryPoint(unauthorized()))
                .build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain api(HttpSecurity http) throws Exception {
        return http.securityMatcher("/api", "/api/**")
                .headers(Security::transport)
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .oauth2ResourceServer(server ->
                        server.jwt(Customizer.withDefaults())
                                .authenticationEntryPoint(unauthorized())
                                .accessDeniedHandler(forbidden()))
                .addFilterBefore(new ActorFilter(whoIs), AuthorizationFilter.class)
                .authorizeHttpRequests(routes -> routes.anyRequest().access(guard))
                .exceptionHandling(e ->
                        e.authenticationEntryPoint(unauthorized()).accessDeniedHandler(forbidden()))
                .build();
    }

    @Bean
    @Order(4)
    SecurityFilterChain pages(
            HttpSecurity http,
            SessionRegistry sessions,
            Sessions limits,
            LoginAnswers answers,
            Devices devices,
            Login login)
            throws Exception {
        return http.authorizeHttpRequests(routes ->
                        routes.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                                .permitAll()
                                .anyRequest()
                                .access(guard))
                // changes nothing and knows nobody: a token would be a session for each stranger
                .csrf(csrf -> csrf.ignoringRequestMatchers("/ledger/verification"))
                .addFilterBefore(new SpentTriesFilter(login, devices, answers), CsrfFilter.class)
                .addFilterBefore(new ActorFilter(whoIs), AuthorizationFilter.class)
                .formLogin(form ->
                        form.loginPage("/login")
                                .authenticationDetailsSource(
                                        request -> devices.place(request, Login.username(request)))
                                .successHandler(answers)
                                .failureHandler(answers)
                                .permitAll())
                .logout(logout ->
                        logout.logoutUrl("/logout").logoutSuccessUrl("/").addLogoutHandler(answers))
                .sessionManagement(session ->
                        session.sessionFixation(fixation -> fixation.changeSessionId())
                                .sessionConcurrency(at ->
                                        at.maximumSessions(_ -> limits.limits().most())
                                                .sessionRegistry(sessions)
                                                .expiredUrl("/login?expired")))
                .headers(Security::transport)
                .headers(headers ->
                        headers.contentSecurityPolicy(
                                        csp -> csp.policyDirectives(CONTENT_SECURITY_POLICY))
                                .referrerPolicy(
                                        referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                                .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny))
                .exceptionHandling(e ->
                        e.authenticationEntryPoint(new LoginUrlAuthenticationEntryPoint("/login"))
                                .accessDeniedHandler(forbiddenPage()))
                .build();
    }

    @Bean
    <S extends Session> SessionRegistry sessionRegistry(
            FindByIndexNameSessionRepository<S> sessions) {
        return new SpringSessionBackedSessionRegistry<>(new OwnSession<>(sessions));
    }

    @Bean
    SessionRepositoryCustomizer<JdbcIndexedSessionRepository> seldomWritten() {
        return sessions -> {
            sessions.setUpdateSessionQuery(SessionTable.SELDOM);
            sessions.setCreateSessionAttributeQuery(SessionTable.ATTRIBUTE);
        };
    }

    /** Sent where the public address is one of TLS; other names under ours are others' affair. */
    private static void transport(HeadersConfigurer<HttpSecurity> headers) {
        headers.httpStrictTransportSecurity(hsts -> hsts.includeSubDomains(false));
    }

    private AuthenticationEntryPoint unauthorized() {
        return (request, response, _) -> {
            response.setHeader("WWW-Authenticate", "Bearer");
            problems.write(request, response, 401, "unauthorized", Map.of());
        };
    }

    /** Tells the error page why: a form that is too old is another thing than a missing role. */
    private static AccessDeniedHandler forbiddenPage() {
        return (request, response, why) -> {
            request.setAttribute(WebAttributes.ACCESS_DENIED_403, why);
            response.sendError(403);
        };
    }

    private AccessDeniedHandler forbidden() {
        return (request, response, why) ->
                problems.write(
                        request,
                        response,
                        403,
                        why instanceof CsrfException ? "csrf" : "forbidden",
                        Map.of());
    }
}
