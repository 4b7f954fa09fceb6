package shuqiao.identity;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;
import shuqiao.engine.proof.Sm4Gcm;
import shuqiao.kernel.SecretFile;
import shuqiao.kernel.Vault;

/**
 * Knows the browsers in which people signed in before, by a cookie that is sealed with the key of
 * the home. It opens nothing: who brings it has tries of his own for the names in it, whatever
 * strangers did to those names.
 */
@Component
class Devices {

    static final String COOKIE = "device";
    static final Duration LIFE = Duration.ofDays(90);

    /** Of people who share a browser, so many are remembered. */
    private static final int PEOPLE_MAX = 5;

    private static final int LENGTH_MAX = 1_000;
    private static final String SEALED_AS = "cookie.device";

    private record Known(String device, long since) {}

    private final Vault vault;
    private final InstantSource clock;

    Devices(Vault vault, InstantSource clock) {
        this.vault = vault;
        this.clock = clock;
    }

    /** Where this request comes from, for this name. */
    SignInThrottle.Place place(HttpServletRequest request, String username) {
        var known = known(request).get(username);
        return new SignInThrottle.Place(
                request.getRemoteAddr(), known == null ? null : known.device());
    }

    /** From now on this browser is known for this person. */
    void remember(HttpServletRequest request, HttpServletResponse response, String username) {
        var known = known(request);
        known.remove(username);
        known.putLast(username, new Known(SecretFile.random(20), clock.instant().getEpochSecond()));
        while (known.size() > PEOPLE_MAX) known.pollFirstEntry();
        var text = new StringBuilder();
        known.forEach((name, it) ->
                text.append(name)
                        .append(' ')
                        .append(it.device())
                        .append(' ')
                        .append(it.since())
                        .append('\n'));
        var cookie =
                new Cookie(
                        COOKIE,
                        Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(vault.encrypt(text.toString(), SEALED_AS)));
        cookie.setPath("/login");
        cookie.setMaxAge((int) LIFE.toSeconds());
        cookie.setHttpOnly(true);
        cookie.setSecure(request.isSecure());
        cookie.setAttribute("SameSite", "Lax");
        response.addCookie(cookie);
    }

    private LinkedHashMap<String, Known> known(HttpServletRequest request) {
        var known = new LinkedHashMap<String, Known>();
        var cookie = WebUtils.getCookie(request, COOKIE);
        if (cookie == null || cookie.getValue().length() > LENGTH_MAX) return known;
        var oldest = clock.instant().minus(LIFE).getEpochSecond();
        for (var line : opened(cookie.getValue()).split("\n")) {
            var words = line.split(" ");
            if (words.length == 3 && Long.parseLong(words[2]) > oldest)
                known.put(words[0], new Known(words[1], Long.parseLong(words[2])));
        }
        return known;
    }

    /** Nothing when it was not sealed here. */
    private String opened(String value) {
        try {
            return vault.decrypt(Base64.getUrlDecoder().decode(value), SEALED_AS);
        } catch (Sm4Gcm.Unreadable | IllegalArgumentException foreign) {
            return "";
        }
    }
}
