package shuqiao.engine.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/** A data directory with the password of its superuser; made whole or not at all. */
record Cluster(Path data, String password) {

    static final String SUPERUSER = "postgres";

    /** Opens the cluster of a home, or makes it: about two seconds, once. */
    static Cluster in(Path parent, Path keys, Binaries binaries, Unprivileged unprivileged)
            throws IOException, InterruptedException {
        var data = parent.resolve("data");
        var key = keys.resolve("postgres.password");
        if (Files.isDirectory(data)) {
            checkVersion(data);
            if (Files.notExists(key))
                throw new HomeDamaged(
                        "The database in %s exists, but its password file %s is missing."
                                .formatted(data, key));
            unprivileged.own(data);
            return new Cluster(data, Files.readString(key).strip());
        }
        var password = Files.exists(key) ? Files.readString(key).strip() : random();
        if (Files.notExists(key)) Home.writeSecret(key, password + "\n");
        initialise(parent, data, password, binaries, unprivileged);
        return new Cluster(data, password);
    }

    void configure(PostgresOptions options, int port) throws IOException {
        var file = data.resolve("shuqiao.conf");
        var fresh = data.resolve("shuqiao.conf.new");
        Files.writeString(fresh, options.configuration(port));
        Files.move(fresh, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static void initialise(
            Path parent, Path data, String password, Binaries binaries, Unprivileged unprivileged)
            throws IOException, InterruptedException {
        Folders.removeStartingWith(parent, ".init-");
        var work = Files.createTempDirectory(parent, ".init-");
        var secret = work.resolve("password");
        Home.writeSecret(secret, password + "\n");
        unprivileged.own(work);
        var fresh = work.resolve("data");
        var log = work.resolve("log").toFile();
        var process =
                new ProcessBuilder(
                                unprivileged.command(
                                        binaries.program("initdb"),
                                        "-D",
                                        fresh.toString(),
                                        "-U",
                                        SUPERUSER,
                                        "--pwfile=" + secret,
                                        "-A",
                                        "scram-sha-256",
                                        "-E",
                                        "UTF8",
                                        "--locale-provider=icu",
                                        "--icu-locale=zh-Hans-CN",
                                        "--locale=C.UTF-8",
                                        "--no-instructions"))
                        .redirectErrorStream(true)
                        .redirectOutput(log)
                        .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) process.destroyForcibly();
        if (process.isAlive() || process.exitValue() != 0)
            throw new NotStarted("initdb failed: " + Files.readString(log.toPath()).strip());
        var configuration = fresh.resolve("postgresql.conf");
        Files.writeString(
                configuration,
                "\ninclude_if_exists = 'shuqiao.conf'\ninclude_if_exists = 'local.conf'\n",
                java.nio.file.StandardOpenOption.APPEND);
        Files.move(fresh, data, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        Folders.remove(work);
    }

    private static void checkVersion(Path data) throws IOException {
        var version = data.resolve("PG_VERSION");
        if (Files.notExists(version))
            throw new HomeDamaged("There is no PostgreSQL database in %s.".formatted(data));
        var found = Files.readString(version).strip();
        if (!found.equals(Binaries.MAJOR))
            throw new HomeTooNew(data, "PostgreSQL " + found, Binaries.MAJOR);
    }

    private static String random() {
        var bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
