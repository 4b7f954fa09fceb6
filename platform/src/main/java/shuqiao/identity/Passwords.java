package shuqiao.identity;

import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** How secrets are hashed (Argon2id, RFC 9106) and made. */
@Configuration(proxyBeanMethods = false)
class Passwords {

    static final int LENGTH_MIN = 10;
    static final int LENGTH_MAX = 200;

    @Bean
    PasswordEncoder passwordEncoder() {
        // 19 MiB, 2 passes, 1 lane: the least that OWASP advises, about 25 ms here
        return new DelegatingPasswordEncoder(
                "argon2", Map.of("argon2", new Argon2PasswordEncoder(16, 32, 1, 19 * 1024, 2)));
    }

    /** Long enough, and of at least three of the four kinds of characters (GB/T 22239 8.1.4.1). */
    static boolean strong(String password) {
        var kinds = 0;
        if (password.chars().anyMatch(Character::isLowerCase)) kinds++;
        if (password.chars().anyMatch(Character::isUpperCase)) kinds++;
        if (password.chars().anyMatch(Character::isDigit)) kinds++;
        if (password.chars().anyMatch(c -> !Character.isLetterOrDigit(c))) kinds++;
        return password.length() >= LENGTH_MIN && password.length() <= LENGTH_MAX && kinds >= 3;
    }
}
