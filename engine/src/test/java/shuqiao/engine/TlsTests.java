package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shuqiao.engine.embedded.ScratchPostgres;

/** The line is encrypted and the server is who it says, as far as the mode asks. */
@Tag("slow")
class TlsTests {

    private static String certificate = "";

    private final ScratchPostgres.Database database = ScratchPostgres.shared().newDatabase();

    @BeforeAll
    static void give_the_server_a_certificate(@TempDir Path folder) throws Exception {
        var store = folder.resolve("store");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "s",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,dns:db.yunze.example",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        var keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        certificate = pem("CERTIFICATE", keys.getCertificate("s").getEncoded());
        var data = ScratchPostgres.shared().folder().resolve("postgres/data");
        Files.writeString(data.resolve("server.crt"), certificate);
        Files.writeString(
                data.resolve("server.key"),
                pem("PRIVATE KEY", keys.getKey("s", "changeit".toCharArray()).getEncoded()));
        Files.setPosixFilePermissions(
                data.resolve("server.key"), PosixFilePermissions.fromString("rw-------"));
        ScratchPostgres.shared()
                .asSuperuser("postgres", "alter system set ssl = on", "select pg_reload_conf()");
        Fixture.until(() -> ScratchPostgres.shared().newDatabase().one("show ssl").equals("on"));
    }

    @AfterAll
    static void take_it_away() {
        ScratchPostgres.shared()
                .asSuperuser("postgres", "alter system reset ssl", "select pg_reload_conf()");
    }

    @Test
    void every_mode_but_disable_encrypts() {
        for (var mode : Tls.Mode.values())
            assertThat(encrypted("localhost", mode, Optional.of(certificate)))
                    .as("%s", mode)
                    .isEqualTo(mode != Tls.Mode.DISABLE);
    }

    @Test
    void a_certificate_for_another_name_passes_verify_ca_but_not_verify_full() {
        assertThat(encrypted("127.0.0.1", Tls.Mode.VERIFY_CA, Optional.of(certificate))).isTrue();
        refused("127.0.0.1", Tls.Mode.VERIFY_FULL, Optional.of(certificate));
    }

    @Test
    void the_name_is_verified_although_a_checked_address_is_dialled() {
        AddressPolicy here =
                (_, _) -> java.util.List.of(java.net.InetAddress.ofLiteral("127.0.0.1"));
        var right = endpoint("db.yunze.example", Tls.Mode.VERIFY_FULL, Optional.of(certificate));
        var wrong = endpoint("other.yunze.example", Tls.Mode.VERIFY_FULL, Optional.of(certificate));

        assertThat(new Database(right.within(here)).test().user()).isEqualTo(database.user());
        assertThatThrownBy(() -> new Database(wrong.within(here)).test())
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.TLS_FAILED));
    }

    @Test
    void a_certificate_of_an_unknown_authority_is_refused() {
        refused("localhost", Tls.Mode.VERIFY_CA, Optional.empty());
        refused("localhost", Tls.Mode.VERIFY_FULL, Optional.empty());
    }

    @Test
    void a_copy_runs_over_tls() {
        database.run(
                "create table t (id int primary key, word text)",
                "insert into t select g, repeat('数', 100) from generate_series(1, 20000) g");
        var endpoint = endpoint("localhost", Tls.Mode.VERIFY_FULL, Optional.of(certificate));
        var table = new Database(endpoint).table("public", "t");
        var scope =
                Scope.of(
                        table,
                        java.util.List.of(),
                        java.util.List.of(),
                        java.util.Map.of(),
                        "x",
                        java.time.LocalDate.EPOCH,
                        Optional.empty());

        var result =
                Fixture.copy(
                        new CopyRequest(
                                endpoint,
                                endpoint,
                                scope,
                                Fixture.KEY,
                                "public",
                                "copy",
                                "r",
                                1,
                                true));

        assertThat(result.rowsWritten()).isEqualTo(20000);
    }

    private boolean encrypted(String host, Tls.Mode mode, Optional<String> ca) {
        try (var session = WireConnection.open(Side.SOURCE, endpoint(host, mode, ca))) {
            return session.query("select ssl from pg_stat_ssl where pid = pg_backend_pid()")
                    .getFirst()
                    .flag(0);
        }
    }

    private void refused(String host, Tls.Mode mode, Optional<String> ca) {
        assertThatThrownBy(() -> encrypted(host, mode, ca))
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.TLS_FAILED));
    }

    private Endpoint endpoint(String host, Tls.Mode mode, Optional<String> ca) {
        var plain =
                Endpoint.of(
                        "jdbc:postgresql://%s:%d/%s"
                                .formatted(host, database.port(), database.name()),
                        database.user(),
                        database.password());
        return new Endpoint(
                plain.address(),
                plain.user(),
                plain.password(),
                new Tls(mode, ca),
                plain.limits(),
                "shuqiao");
    }

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(
                        kind,
                        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes),
                        kind);
    }
}
