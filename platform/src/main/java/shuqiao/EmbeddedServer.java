package shuqiao;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shuqiao.engine.embedded.EmbeddedPostgres;
import shuqiao.engine.embedded.Home;
import shuqiao.engine.embedded.PostgresOptions;

/**
 * The embedded server over the life of the platform: started beside the context, and started again on
 * the same port when it was killed under us. A server that keeps dying ends the platform.
 */
final class EmbeddedServer {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
    private static final int RESTARTS_MAX = 20;

    private final Home home;
    private final Consumer<@Nullable String> givingUp;
    private volatile CompletableFuture<EmbeddedPostgres> server = new CompletableFuture<>();
    private boolean stopping;

    private EmbeddedServer(Home home, Consumer<@Nullable String> givingUp) {
        this.home = home;
        this.givingUp = givingUp;
    }

    static EmbeddedServer start(Home home, Consumer<@Nullable String> givingUp) {
        var embedded = new EmbeddedServer(home, givingUp);
        Thread.ofPlatform().name("postgres").daemon().start(embedded::live);
        return embedded;
    }

    /** The server when it serves; fails when it cannot be started. */
    CompletableFuture<EmbeddedPostgres> first() {
        return server;
    }

    EmbeddedPostgres running() {
        return server.join();
    }

    /** Ends the server; waits for one that is just being started. */
    void stop() {
        CompletableFuture<EmbeddedPostgres> last;
        synchronized (this) {
            stopping = true;
            last = server;
        }
        try {
            last.join().stop();
        } catch (CompletionException neverStarted) {
            // then there is nothing to stop
        }
    }

    private void live() {
        var starting = server;
        for (var restarts = 0; restarts <= RESTARTS_MAX; restarts++) {
            EmbeddedPostgres postgres;
            try {
                postgres = EmbeddedPostgres.start(home, PostgresOptions.standard());
            } catch (RuntimeException failed) {
                starting.completeExceptionally(failed);
                if (restarts > 0) givingUp.accept(failed.getMessage());
                return;
            }
            starting.complete(postgres);
            if (restarts > 0 && postgres.portChanged()) {
                givingUp.accept("another program took its port.");
                return;
            }
            postgres.ended().join();
            synchronized (this) {
                if (stopping) return;
                starting = new CompletableFuture<>();
                server = starting;
            }
            LOG.warn("PostgreSQL ended under us, starting it again");
        }
        starting.completeExceptionally(new IllegalStateException("ended too often"));
        givingUp.accept("it ended too often.");
    }
}
