package shuqiao.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import shuqiao.kernel.Actor;
import shuqiao.shell.Look;

/**
 * Puts the {@link Actor} into the request; leads holders of a one-time password to setting their
 * own.
 */
class ActorFilter extends OncePerRequestFilter {

    private static final Authentication NOBODY =
            new AnonymousAuthenticationToken(
                    "nobody", "nobody", AuthorityUtils.createAuthorityList("NOBODY"));

    private final WhoIs whoIs;

    ActorFilter(WhoIs whoIs) {
        this.whoIs = whoIs;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        var person = whoIs.person(authentication);
        var actor = person.isPresent() ? person.map(whoIs::actor) : whoIs.actor(authentication);
        if (actor.isEmpty())
            // nobody, or closed since: the session or token is worth nothing any more
            SecurityContextHolder.getContext().setAuthentication(NOBODY);
        actor.ifPresent(present -> request.setAttribute(Actor.ATTRIBUTE, present));
        if (person.filter(Person::mustChange).isPresent()) {
            request.setAttribute(Look.RESTRICTED, true);
            if (!mayStillGo(request.getRequestURI())) {
                response.sendRedirect("/account/password");
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private static boolean mayStillGo(String path) {
        return path.equals("/account/password")
                || path.equals("/logout")
                || path.startsWith("/static/")
                || path.equals("/favicon.ico")
                || path.startsWith("/open");
    }
}
