package shuqiao.shell;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.springframework.web.filter.OncePerRequestFilter;
import shuqiao.kernel.BaseUrl;

/**
 * Nobody tells the platform who it is: a call under another host than its own is refused (421, RFC
 * 9110 15.5.20), and all behind this filter see scheme, host and port of the {@link BaseUrl}, from
 * which come issuer, redirects, {@code Secure} and HSTS. {@code X-Forwarded-*} is not read.
 *
 * <p>Own hosts are that of the base URL, the names of this machine's loopback, and the address on
 * which the connection came in, which is what a proxy says by default.
 */
class AddressFilter extends OncePerRequestFilter {

    private final BaseUrl baseUrl;
    private final Problems problems;

    AddressFilter(BaseUrl baseUrl, Problems problems) {
        this.baseUrl = baseUrl;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!isOwn(request)) {
            problems.write(
                    request, response, 421, "misdirected", Map.of("address", baseUrl.value()));
            return;
        }
        var told = baseUrl.told();
        // without an address told, pages stay at the name of this machine they were called by;
        // tokens have one issuer all the same
        if (told == null && !request.getRequestURI().startsWith("/oauth2/"))
            chain.doFilter(request, response);
        else
            chain.doFilter(
                    new Addressed(request, told == null ? URI.create(baseUrl.value()) : told),
                    baseUrl.isSecure() ? new SecureCookies(response) : response);
    }

    private boolean isOwn(HttpServletRequest request) {
        var host = bare(request.getServerName());
        var told = baseUrl.told();
        return switch (host) {
            case "localhost", "127.0.0.1", "::1", "0:0:0:0:0:0:0:1" -> true;
            default ->
                    told != null && host.equals(bare(told.getHost()))
                            || host.equals(bare(request.getLocalAddr()));
        };
    }

    /** A host as it is compared: lower case, without brackets. */
    private static String bare(String host) {
        var lower = host.toLowerCase(Locale.ROOT);
        return lower.startsWith("[") && lower.endsWith("]")
                ? lower.substring(1, lower.length() - 1)
                : lower;
    }

    /** The request as it was made to the public address. */
    private static final class Addressed extends HttpServletRequestWrapper {

        private final URI address;

        Addressed(HttpServletRequest request, URI address) {
            super(request);
            this.address = address;
        }

        @Override
        public String getScheme() {
            return address.getScheme();
        }

        @Override
        public String getServerName() {
            return address.getHost();
        }

        @Override
        public int getServerPort() {
            if (address.getPort() >= 0) return address.getPort();
            return isSecure() ? 443 : 80;
        }

        @Override
        public boolean isSecure() {
            return address.getScheme().equals("https");
        }

        @Override
        public StringBuffer getRequestURL() {
            var url = new StringBuffer(address.getScheme()).append("://").append(address.getHost());
            if (address.getPort() >= 0) url.append(':').append(address.getPort());
            return url.append(getRequestURI());
        }
    }

    /** What a browser gets over TLS it never sends without. */
    private static final class SecureCookies extends HttpServletResponseWrapper {

        SecureCookies(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void addCookie(Cookie cookie) {
            cookie.setSecure(true);
            super.addCookie(cookie);
        }
    }
}
