package shuqiao.identity;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.OncePerRequestFilter;
import shuqiao.kernel.Allows;
import shuqiao.kernel.BaseUrl;
import shuqiao.kernel.Role;
import shuqiao.shell.Problems;

/**
 * Where programs get tokens, for programs that look (RFC 8414). Tokens are the only thing that is
 * done here: they live ten minutes and are kept nowhere, so there is nothing to ask about them, and
 * nothing to take back but the program itself.
 */
@RestController
class TokenAddresses {

    static final String TOKEN = "/oauth2/token";
    static final String KEYS = "/oauth2/jwks";

    private final BaseUrl baseUrl;

    TokenAddresses(BaseUrl baseUrl) {
        this.baseUrl = baseUrl;
    }

    @GetMapping("/.well-known/oauth-authorization-server")
    @Allows(anyone = true)
    @Hidden
    Map<String, Object> metadata() {
        var base = baseUrl.value();
        var document = new LinkedHashMap<String, Object>();
        document.put("issuer", base);
        document.put("token_endpoint", base + TOKEN);
        document.put(
                "token_endpoint_auth_methods_supported",
                List.of("client_secret_basic", "client_secret_post"));
        document.put("jwks_uri", base + KEYS);
        document.put("grant_types_supported", List.of("client_credentials"));
        // required by RFC 8414, although nobody is sent here to log in
        document.put("response_types_supported", List.of());
        document.put("scopes_supported", Arrays.stream(Role.values()).map(Role::name).toList());
        return document;
    }

    /** What the library maps besides, and what it never heard of, is not there. */
    static final class OnlyThese extends OncePerRequestFilter {

        private final Problems problems;

        OnlyThese(Problems problems) {
            this.problems = problems;
        }

        @Override
        protected void doFilterInternal(
                HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            var path = request.getRequestURI();
            if (path.equals(TOKEN) || path.equals(KEYS)) chain.doFilter(request, response);
            else problems.write(request, response, 404, "not-found", Map.of());
        }
    }
}
