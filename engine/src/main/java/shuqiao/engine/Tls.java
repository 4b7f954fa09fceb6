package shuqiao.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * How a connection is protected.
 *
 * @param caPem certificates to trust instead of the machine's, PEM; used by the two verifying modes
 */
public record Tls(Mode mode, Optional<String> caPem) {

    public enum Mode {
        /** In the clear. */
        DISABLE,
        /** Encrypted, but with whomever. */
        REQUIRE,
        /** The server's certificate must come from the authority. */
        VERIFY_CA,
        /** And must name the host. */
        VERIFY_FULL
    }

    public static final Tls DISABLED = new Tls(Mode.DISABLE, Optional.empty());

    public Tls {
        if (caPem.isPresent() && !caPem.get().contains("-----BEGIN CERTIFICATE-----"))
            throw new InvalidAddress("certificate");
    }

    SSLSocket wrap(java.net.Socket socket, String host, int port) throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust(), new SecureRandom());
            var wrapped =
                    (SSLSocket) context.getSocketFactory().createSocket(socket, host, port, true);
            if (mode == Mode.VERIFY_FULL) {
                var parameters = wrapped.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                wrapped.setSSLParameters(parameters);
            }
            wrapped.startHandshake();
            return wrapped;
        } catch (GeneralSecurityException e) {
            throw new javax.net.ssl.SSLException(e.getMessage(), e);
        }
    }

    private TrustManager[] trust() throws GeneralSecurityException, IOException {
        if (mode == Mode.REQUIRE) return new TrustManager[] {new Anybody()};
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        if (caPem.isEmpty()) {
            factory.init((KeyStore) null);
            return factory.getTrustManagers();
        }
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        var number = 0;
        var bytes = new ByteArrayInputStream(caPem.get().getBytes(StandardCharsets.US_ASCII));
        for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(bytes))
            store.setCertificateEntry("ca" + number++, certificate);
        factory.init(store);
        return factory.getTrustManagers();
    }

    /**
     * For {@link Mode#REQUIRE} alone, which promises privacy against listeners and nothing else.
     */
    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
