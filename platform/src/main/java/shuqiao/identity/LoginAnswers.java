package shuqiao.identity;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Where a person goes after login, a wrong password, or logout. */
@Component
class LoginAnswers extends SavedRequestAwareAuthenticationSuccessHandler
        implements AuthenticationFailureHandler, LogoutHandler {

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
        refuse(response);
    }

    /** One answer for all: why it failed is nobody's business. */
    void refuse(HttpServletResponse response) throws IOException {
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
