package shuqiao.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.stereotype.Component;
import shuqiao.engine.embedded.Home;
import shuqiao.kernel.SecretFile;

/** Lets a monitoring system in that brings the token of {@code HOME/keys/metrics-token}. */
@Component
class MetricsToken implements AuthorizationManager<RequestAuthorizationContext> {

    private final byte[] expected;

    MetricsToken(Home home) {
        try {
            var token =
                    SecretFile.readOrCreate(
                            home.keys().resolve("metrics-token"), () -> SecretFile.random(40));
            expected = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    @Override
    public @Nullable AuthorizationResult authorize(
            Supplier<? extends @Nullable Authentication> authentication,
            RequestAuthorizationContext context) {
        var brought = context.getRequest().getHeader("Authorization");
        return new AuthorizationDecision(
                brought != null
                        && MessageDigest.isEqual(
                                expected, brought.getBytes(StandardCharsets.UTF_8)));
    }
}
