package shuqiao.shell;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.apache.tomcat.util.http.fileupload.impl.SizeException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers what is too large, or no text ({@link Unreadable}), with our own page or problem
 * document. The server refuses it wherever somebody first reads a parameter, which on a page is the
 * check of the form's token, and does so again on the way to an error page. So this is found out
 * before, and another page is called in its place, with nothing in the call; it passes all guards,
 * so that it knows its reader.
 *
 * <p>Files are taken from the signed-in alone: the form's token stands in the body, and whoever
 * looks for it there reads the files first. So a stranger who sends some is led to the login here.
 */
class TooLargeFilter extends OncePerRequestFilter {

    /** Where the page is that tells it. */
    static final String PATH = "/too-large";

    /** Request attribute: how many MB would have been accepted. */
    static final String MAX = "shuqiao.max-mb";

    /** Request attribute: it was not too large, but no text. */
    static final String UNREADABLE = "shuqiao.unreadable";

    /** Request attribute: the page whose form was sent, to go back to. */
    static final String BACK = "shuqiao.back";

    private static final long MEGABYTE = 1024L * 1024;

    private final Problems problems;
    private final int uploadMax;
    private final int requestMax;
    private final int formMax;

    /** All in MB: of one file, of a request with files, of a form without. */
    TooLargeFilter(Problems problems, int uploadMax, int requestMax, int formMax) {
        this.problems = problems;
        this.uploadMax = uploadMax;
        this.requestMax = requestMax;
        this.formMax = formMax;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (hasFiles(request) && !isForPrograms(request) && !isSignedIn(request)) {
            request.setAttribute(UnreadBodies.STRANGERS, true);
            response.setStatus(HttpServletResponse.SC_FOUND);
            response.setHeader("Location", "/login");
            return;
        }
        switch (fault(request)) {
            case NONE -> chain.doFilter(request, response);
            case TOO_LARGE -> answer(request, response, chain);
            case UNREADABLE -> {
                if (isForPrograms(request)) {
                    problems.write(request, response, 400, "unreadable", Map.of());
                    return;
                }
                request.setAttribute(UNREADABLE, true);
                chain.doFilter(new Emptied(request), response);
            }
        }
    }

    private enum Fault {
        NONE,
        TOO_LARGE,
        UNREADABLE
    }

    /**
     * Programs are known before what they send is read; the token of a form stands in it, and so
     * does the secret of a program that asks for a token.
     */
    private Fault fault(HttpServletRequest request) {
        if (request.getRequestURI().startsWith("/api/")) return Fault.NONE;
        if (hasFiles(request) && request.getContentLengthLong() > requestMax * MEGABYTE)
            return Fault.TOO_LARGE;
        if (Unreadable.isBehind(request.getQueryString())) return Fault.UNREADABLE;
        if (request.getContentType() == null) return Fault.NONE;
        try {
            return Unreadable.isIn(request.getParameterMap()) && !isSignIn(request)
                    ? Fault.UNREADABLE
                    : Fault.NONE;
        } catch (IllegalStateException failed) {
            return isTooLarge(failed) ? Fault.TOO_LARGE : Fault.UNREADABLE;
        }
    }

    /** Whatever is wrong with a name or a password, the sign-in has one answer. */
    private static boolean isSignIn(HttpServletRequest request) {
        return request.getRequestURI().equals("/login");
    }

    private static boolean isSignedIn(HttpServletRequest request) {
        var session = request.getSession(false);
        return session != null
                && session.getAttribute(
                                HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY)
                        instanceof SecurityContext known
                && known.getAuthentication() != null
                && known.getAuthentication().isAuthenticated();
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var max = hasFiles(request) ? uploadMax : formMax;
        if (isForPrograms(request)) {
            problems.write(request, response, 413, "too-large", Map.of("max", max));
            return;
        }
        request.setAttribute(MAX, max);
        request.setAttribute(BACK, back(request));
        chain.doFilter(new Emptied(request), response);
    }

    private static boolean isForPrograms(HttpServletRequest request) {
        var path = request.getRequestURI();
        return path.startsWith("/api/") || path.startsWith("/oauth2/");
    }

    private static boolean hasFiles(HttpServletRequest request) {
        var type = request.getContentType();
        return type != null && type.toLowerCase(java.util.Locale.ROOT).startsWith("multipart/");
    }

    private static boolean isTooLarge(Throwable failed) {
        for (Throwable at = failed; at != null; at = at.getCause() == at ? null : at.getCause()) {
            if (at instanceof SizeException) return true;
            if (at instanceof InvalidParameterException wrong
                    && wrong.getErrorCode() == HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE)
                return true;
        }
        return false;
    }

    /** Path of the page of this place that the reader comes from. */
    private static @Nullable String back(HttpServletRequest request) {
        var from = request.getHeader("Referer");
        if (from == null) return null;
        try {
            var page = URI.create(from);
            return request.getServerName().equals(page.getHost()) && page.getRawPath() != null
                    ? page.getRawPath()
                    : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /** The page that tells it, in place of what was called; opened, not sent to. */
    private static final class Emptied extends HttpServletRequestWrapper {

        Emptied(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getMethod() {
            return "GET";
        }

        @Override
        public String getRequestURI() {
            return PATH;
        }

        @Override
        public StringBuffer getRequestURL() {
            return new StringBuffer(PATH);
        }

        @Override
        public String getServletPath() {
            return PATH;
        }

        @Override
        public @Nullable String getQueryString() {
            return null;
        }

        @Override
        public @Nullable String getContentType() {
            return null;
        }

        @Override
        public int getContentLength() {
            return -1;
        }

        @Override
        public long getContentLengthLong() {
            return -1;
        }

        @Override
        public @Nullable String getParameter(String name) {
            return null;
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            return Map.of();
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return Collections.emptyEnumeration();
        }

        @Override
        public String @Nullable [] getParameterValues(String name) {
            return null;
        }

        @Override
        public Collection<Part> getParts() {
            return List.of();
        }

        @Override
        public @Nullable Part getPart(String name) {
            return null;
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new StringReader(""));
        }

        @Override
        public ServletInputStream getInputStream() {
            throw new IllegalStateException("what was too large is not read");
        }
    }
}
