package shuqiao.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.ParseException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import shuqiao.engine.embedded.Home;
import shuqiao.kernel.BaseUrl;
import shuqiao.kernel.Role;
import shuqiao.kernel.SecretFile;

/** Access tokens of programs: signed (ES256), short-lived, kept nowhere. */
@Configuration(proxyBeanMethods = false)
class Tokens {

    static final Duration LIFE = Duration.ofMinutes(10);

    @Bean
    JWKSource<SecurityContext> tokenKey(Home home) {
        try {
            var text =
                    SecretFile.readOrCreate(home.keys().resolve("token-key.json"), Tokens::newKey);
            return new ImmutableJWKSet<>(new JWKSet(ECKey.parse(text)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (ParseException damaged) {
            throw new IllegalStateException("HOME/keys/token-key.json is damaged", damaged);
        }
    }

    private static String newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint(true)
                    .generate()
                    .toJSONString();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Bean
    JwtDecoder jwtDecoder(JWKSource<SecurityContext> keys, BaseUrl baseUrl) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, keys));
        processor.setJWTClaimsSetVerifier((_, _) -> {});
        var decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(
                new DelegatingOAuth2TokenValidator<>(
                        JwtValidators.createDefault(),
                        new JwtClaimValidator<Object>(
                                JwtClaimNames.ISS,
                                issuer -> issuer != null && baseUrl.isOwn(issuer.toString()))));
        return decoder;
    }

    @Bean
    AuthorizationServerSettings authorizationServerSettings() {
        return AuthorizationServerSettings.builder().build();
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> organizationInToken(Programs programs) {
        return token -> {
            token.getJwsHeader().algorithm(SignatureAlgorithm.ES256);
            programs.find(token.getRegisteredClient().getClientId())
                    .ifPresent(program ->
                            token.getClaims().claim("organization", program.organization()));
        };
    }

    @Bean
    RegisteredClientRepository registeredPrograms(Programs programs) {
        return new RegisteredClientRepository() {

            @Override
            public void save(RegisteredClient client) {
                // asked for when a secret of before was right and is to be hashed anew
                var hash = client.getClientSecret();
                if (hash != null) programs.keepHash(client.getClientId(), hash);
            }

            @Override
            public @Nullable RegisteredClient findById(String id) {
                return findByClientId(id);
            }

            @Override
            public @Nullable RegisteredClient findByClientId(String clientId) {
                if (!People.USERNAME.matcher(clientId).matches()) return null;
                return programs.find(clientId)
                        .filter(program -> !program.disabled())
                        .flatMap(program ->
                                programs.secretHash(clientId)
                                        .map(hash -> registered(program, hash)))
                        .orElse(null);
            }
        };
    }

    private static RegisteredClient registered(Program program, String hash) {
        return RegisteredClient.withId(program.clientId())
                .clientId(program.clientId())
                .clientName(program.name())
                .clientSecret(hash)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scopes(scopes -> program.roles().stream().map(Role::name).forEach(scopes::add))
                .tokenSettings(TokenSettings.builder().accessTokenTimeToLive(LIFE).build())
                .build();
    }

    /** Tokens carry all that is needed to check them, so none is remembered. */
    @Bean
    OAuth2AuthorizationService forgetfulAuthorizations() {
        return new OAuth2AuthorizationService() {

            @Override
            public void save(OAuth2Authorization authorization) {}

            @Override
            public void remove(OAuth2Authorization authorization) {}

            @Override
            public @Nullable OAuth2Authorization findById(String id) {
                return null;
            }

            @Override
            public @Nullable OAuth2Authorization findByToken(
                    String token, @Nullable OAuth2TokenType type) {
                return null;
            }
        };
    }
}
