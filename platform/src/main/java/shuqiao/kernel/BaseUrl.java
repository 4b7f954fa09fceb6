package shuqiao.kernel;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The public address of this platform, without a slash at the end. */
@Component
public class BaseUrl {

    private final String fixed;
    private volatile int port;

    BaseUrl(@Value("${shuqiao.base-url:}") String fixed) {
        this.fixed = fixed.endsWith("/") ? fixed.substring(0, fixed.length() - 1) : fixed;
    }

    /** Told once, when the web server has its port. */
    public void listeningOn(int port) {
        this.port = port;
    }

    public String value() {
        return fixed.isEmpty() ? "http://localhost:" + port : fixed;
    }
}
