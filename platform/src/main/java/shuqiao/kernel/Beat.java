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
 * Work that each process does by itself, again and again, with what it alone has: its memory, its
 * home, its calls. What any platform may do is {@link Recurring}. It begins when the platform is
 * open, after all that has to be there before anybody is let in.
 */
public abstract class Beat implements SmartLifecycle, Ticking {

    private static final Logger LOG = LoggerFactory.getLogger(Beat.class);

    private final String name;
    private final Duration every;
    private final Setbacks setbacks;
    private volatile boolean running;
    private volatile @Nullable Thread thread;

    protected Beat(String name, Duration every) {
        this.name = name;
        this.every = every;
        this.setbacks = new Setbacks(name);
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
            var pause = every;
            try {
                while (running && turn())
                    ; // piece by piece
                setbacks.went(name);
            } catch (RuntimeException failed) {
                if (!running) return;
                if (Outage.isBehind(failed))
                    LOG.warn("{} failed, trying again: {}", name, failed.toString());
                else pause = longer(setbacks.broke(name, failed));
            } catch (Error grave) {
                if (!running) return;
                pause = longer(setbacks.broke(name, grave));
            }
            try {
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            } catch (InterruptedException stop) {
                return;
            }
        }
    }

    private Duration longer(Duration pause) {
        return pause.compareTo(every) > 0 ? pause : every;
    }

    @Override
    public String clockName() {
        return name;
    }

    @Override
    public boolean isAlive() {
        var working = thread;
        return working == null || working.isAlive() || !running;
    }

    @Override
    public long failing() {
        return setbacks.failing();
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
