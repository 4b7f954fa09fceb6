package shuqiao.kernel;

import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The public address of this platform, without a slash at the end: in links, redirects, tokens and
 * documents. It is told ({@code SHUQIAO_BASE_URL}) or that of this machine; never what a request
 * says it is.
 */
@Component
public class BaseUrl {

    private static final Pattern THIS_MACHINE = Pattern.compile("http://localhost:\\d{1,5}");

    private final String fixed;
    private final @Nullable URI address;
    private volatile int port;

    BaseUrl(@Value("${shuqiao.base-url:}") String fixed) {
        this.fixed = fixed.endsWith("/") ? fixed.substring(0, fixed.length() - 1) : fixed;
        this.address = this.fixed.isEmpty() ? null : checked(this.fixed);
    }

    /**
     * @throws IllegalArgumentException when it is no address of http or https with a host
     */
    public static URI checked(String text) {
        var address = URI.create(text);
        var scheme = address.getScheme();
        if (address.getHost() == null
                || !("http".equals(scheme) || "https".equals(scheme))
                || address.getRawUserInfo() != null
                || address.getRawQuery() != null
                || address.getRawFragment() != null) throw new IllegalArgumentException(text);
        return address;
    }

    /** Told once, when the web server has its port. */
    @EventListener
    void on(WebServerInitializedEvent started) {
        port = started.getWebServer().getPort();
    }

    public String value() {
        return fixed.isEmpty() ? "http://localhost:" + port : fixed;
    }

    /** What was told; null when this machine's own address is used. */
    public @Nullable URI told() {
        return address;
    }

    /** Whether people reach the platform through TLS. */
    public boolean isSecure() {
        return address != null && "https".equals(address.getScheme());
    }

    /**
     * Whether a token of this issuer is one of ours. Platforms on one database that were not told
     * an address differ by their ports.
     */
    public boolean isOwn(String issuer) {
        return fixed.isEmpty() ? THIS_MACHINE.matcher(issuer).matches() : issuer.equals(fixed);
    }
}
