package shuqiao.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers a log-in for which no try is left as a wrong password is answered, before its session is
 * read: a flood of them takes no connection and little of the processor from those at work.
 */
final class SpentTriesFilter extends OncePerRequestFilter {

    /** A user name, a password and a token; what is longer goes the usual way. In bytes. */
    private static final int FORM_MAX = 8_192;

    private final Login login;
    private final Devices devices;
    private final LoginAnswers answers;

    SpentTriesFilter(Login login, Devices devices, LoginAnswers answers) {
        this.login = login;
        this.devices = devices;
        this.answers = answers;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isLogin(request)) {
            var username = Login.username(request);
            if (login.isSpent(username, devices.place(request, username))) {
                answers.refuse(request, response);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private static boolean isLogin(HttpServletRequest request) {
        var type = request.getContentType();
        var length = request.getContentLengthLong();
        return request.getMethod().equals("POST")
                && request.getServletPath().equals("/login")
                && type != null
                && type.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE)
                && length >= 0
                && length <= FORM_MAX;
    }
}
