package shuqiao;

import java.util.HashMap;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import shuqiao.engine.embedded.EmbeddedPostgres;
import shuqiao.engine.embedded.Home;
import shuqiao.engine.embedded.PostgresOptions;
import shuqiao.kernel.BaseUrl;
import shuqiao.kernel.LocalDatabases;
import shuqiao.kernel.Opening;

/**
 * Starts everything and ends everything, in order: home, then database and context side by side,
 * then the one line on stdout. On SIGTERM the context closes first, the database last, and the
 * process ends with 0.
 */
final class Startup {

    private static final String DATABASE = "shuqiao";

    private final StartOptions options;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private volatile @Nullable ConfigurableApplicationContext context;
    private volatile @Nullable CompletableFuture<EmbeddedPostgres> server;
    private volatile @Nullable Home home;
    private volatile int exitCode;

    Startup(StartOptions options) {
        this.options = options;
    }

    void run() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        try {
            var opened = Home.open(options.home());
            home = opened;
            var started = startContext(opened);
            context = started;
            var port =
                    Objects.requireNonNull(
                                    ((ServletWebServerApplicationContext) started).getWebServer())
                            .getPort();
            var baseUrl = started.getBean(BaseUrl.class);
            started.publishEvent(new Opening(baseUrl.value(), options.city()));
            System.out.println("Shuqiao is ready at http://localhost:" + port);
            System.out.flush();
            if (options.training()) Training.walk(port);
        } catch (Exception failed) {
            var cause = Failures.cause(failed);
            System.err.println(Failures.sentence(cause, options));
            if (!Failures.isExpected(cause)) failed.printStackTrace(System.err);
            exitCode = 1;
            System.exit(exitCode);
        }
        if (options.training()) System.exit(0);
    }

    private ConfigurableApplicationContext startContext(Home opened) {
        var database = startDatabase(opened);
        var properties = new HashMap<String, Object>();
        properties.put("server.port", options.port());
        properties.put("server.address", options.address());
        if (options.baseUrl() != null) properties.put("shuqiao.base-url", options.baseUrl());
        ApplicationContextInitializer<GenericApplicationContext> beans =
                ground -> {
                    ground.registerBean(Home.class, () -> opened);
                    ground.registerBean(Persistence.Access.class, () -> database::join);
                    var embedded = server;
                    if (embedded != null)
                        ground.registerBean(
                                LocalDatabases.class,
                                () -> new EmbeddedDatabases(embedded::join, opened));
                };
        return application()
                .profiles(options.jsonLog() ? "json-log" : "text-log")
                .properties(properties)
                .initializers(beans)
                .run();
    }

    /** The same for a start and for the build that prepares it, see {@link AheadOfTime}. */
    static SpringApplicationBuilder application() {
        var builder =
                new SpringApplicationBuilder(Shuqiao.class)
                        .main(AheadOfTime.class)
                        .web(WebApplicationType.SERVLET)
                        .registerShutdownHook(false)
                        .logStartupInfo(false);
        return builder;
    }

    private CompletableFuture<PlatformDatabase> startDatabase(Home opened) {
        var external = options.database();
        if (external != null) return CompletableFuture.completedFuture(external);
        var starting =
                CompletableFuture.supplyAsync(
                        () -> {
                            var postgres =
                                    EmbeddedPostgres.start(opened, PostgresOptions.standard());
                            postgres.keepAlive();
                            return postgres;
                        },
                        Thread.ofPlatform().name("postgres")::start);
        server = starting;
        return starting.thenApply(postgres -> {
            var own = new EmbeddedDatabases(() -> postgres, opened).database(DATABASE);
            return new PlatformDatabase(own.url(), own.user(), own.password());
        });
    }

    private void stop() {
        if (!stopping.compareAndSet(false, true)) return;
        try {
            var open = context;
            if (open != null) open.close();
        } catch (RuntimeException late) {
            System.err.println("stopping: " + late);
        }
        try {
            var database = server;
            if (database != null) database.join().stop();
        } catch (CompletionException neverStarted) {
            // then there is nothing to stop
        }
        var opened = home;
        if (opened != null) opened.close();
        // a JVM ended by a signal says 143; we ended in order, so say so. Training must reach the
        // JVM's own end, where the cache is written.
        if (!options.training()) Runtime.getRuntime().halt(exitCode);
    }
}
