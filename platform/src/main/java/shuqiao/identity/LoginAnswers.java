package shuqiao.identity;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.identity.IdentityEvent.LoggedOut;

/** Where a person goes after login, a wrong password, or logout. */
@Component
class LoginAnswers extends SavedRequestAwareAuthenticationSuccessHandler
        implements AuthenticationFailureHandler, LogoutHandler {

    /** Cookie with the name of a login that failed. */
    static final String NAME = "login-name";

    private final WhoIs whoIs;
    private final Sessions sessions;
    private final Devices devices;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    LoginAnswers(
            WhoIs whoIs,
            Sessions sessions,
            Devices devices,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.whoIs = whoIs;
        this.sessions = sessions;
        this.devices = devices;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException, ServletException {
        devices.remember(request, response, authentication.getName());
        request.getSession().setMaxInactiveInterval((int) sessions.limits().idle().toSeconds());
        super.onAuthenticationSuccess(request, response, authentication);
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        refuse(request, response);
    }

    /**
     * One answer for all: why it failed is nobody's business. The name goes along, so that it is
     * not typed again: for a minute, to the login page alone, and only where it could be one, as a
     * password typed into the wrong field is none.
     */
    void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var username = Login.username(request);
        if (People.USERNAME.matcher(username).matches())
            response.addHeader(
                    HttpHeaders.SET_COOKIE,
                    ResponseCookie.from(NAME, username)
                            .path("/login")
                            .maxAge(Duration.ofMinutes(1))
                            .httpOnly(true)
                            .secure(request.isSecure())
                            .sameSite("Strict")
                            .build()
                            .toString());
        response.sendRedirect("/login?error");
    }

    @Override
    public void logout(
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable Authentication authentication) {
        whoIs.person(authentication)
                .ifPresent(person ->
                        transaction.executeWithoutResult(_ ->
                                events.publishEvent(
                                        new LoggedOut(
                                                person.username(),
                                                person.actor(),
                                                clock.instant()))));
    }
}
