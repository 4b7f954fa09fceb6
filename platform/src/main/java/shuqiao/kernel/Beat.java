package shuqiao.kernel;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Work that the platform does by itself, again and again. It begins when the platform is open,
 * after all that has to be there before anybody is let in.
 */
public abstract class Beat implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Beat.class);

    private final String name;
    private final Duration every;
    private volatile boolean running;
    private volatile @Nullable Thread thread;

    protected Beat(String name, Duration every) {
        this.name = name;
        this.every = every;
    }

    /** One piece of work; false when there is none, and the next look is after the pause. */
    protected abstract boolean turn();

    @EventListener
    @Order(Ordered.LOWEST_PRECEDENCE)
    public void on(Opening opened) {
        if (running && thread == null)
            thread = Thread.ofPlatform().name(name).daemon().start(this::work);
    }

    private void work() {
        while (running) {
            try {
                while (running && turn())
                    ; // piece by piece
            } catch (RuntimeException failed) {
                if (!running) return;
                LOG.warn("{} failed, trying again: {}", name, failed.getClass().getName());
            }
            try {
                TimeUnit.NANOSECONDS.sleep(every.toNanos());
            } catch (InterruptedException stop) {
                return;
            }
        }
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        var working = thread;
        if (working == null) return;
        working.interrupt();
        try {
            working.join(Duration.ofSeconds(2));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
