package shuqiao.exchange;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Role;

/**
 * Tells an open run page that there is something new to show (server-sent events). The page fetches
 * what changed by itself; a page without script has a link instead.
 */
@Controller
class RunEvents {

    /** Pages that may listen at one time; others are told to ask again in half a minute. */
    static final int LISTENERS_MAX = 200;

    /** Of these for one person, or program. */
    static final int LISTENERS_OF_ONE_MAX = 5;

    /** A browser then listens anew, and is looked at as at any request: its session, its roles. */
    private static final Duration LISTEN_MAX = Duration.ofMinutes(1);

    /** So that a reader who is gone is noticed. */
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);

    private static final long LOOK_EVERY_MS = 700;
    private static final long ASK_AGAIN_MS = 30_000;

    private final Exchange exchange;
    private final Semaphore free = new Semaphore(LISTENERS_MAX);
    private final Map<String, Integer> listening = new ConcurrentHashMap<>();
    private volatile boolean closing;

    RunEvents(Exchange exchange) {
        this.exchange = exchange;
    }

    @GetMapping(value = "/runs/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    SseEmitter listen(Actor actor, @PathVariable String id) throws IOException {
        exchange.find(actor, id);
        var emitter = new SseEmitter(LISTEN_MAX.plusSeconds(30).toMillis());
        if (!sitDown(actor)) {
            emitter.send(SseEmitter.event().reconnectTime(ASK_AGAIN_MS).comment("busy"));
            emitter.complete();
            return emitter;
        }
        Thread.ofVirtual()
                .name("run events")
                .start(() -> {
                    try {
                        tell(emitter, actor, id);
                        emitter.complete();
                    } catch (IOException | IllegalStateException gone) {
                        // the reader has closed the page
                        emitter.complete();
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                        emitter.complete();
                    } catch (RuntimeException refused) {
                        emitter.completeWithError(refused);
                    } finally {
                        getUp(actor);
                    }
                });
        return emitter;
    }

    /** How many places are left; for tests. */
    int free() {
        return free.availablePermits();
    }

    private boolean sitDown(Actor actor) {
        var seats = listening.merge(who(actor), 1, Integer::sum);
        if (seats <= LISTENERS_OF_ONE_MAX && free.tryAcquire()) return true;
        leave(actor);
        return false;
    }

    private void getUp(Actor actor) {
        leave(actor);
        free.release();
    }

    private void leave(Actor actor) {
        listening.computeIfPresent(who(actor), (_, seats) -> seats > 1 ? seats - 1 : null);
    }

    private static String who(Actor actor) {
        return actor.kind() + " " + actor.subject();
    }

    private void tell(SseEmitter emitter, Actor actor, String id)
            throws IOException, InterruptedException {
        var until = System.nanoTime() + LISTEN_MAX.toNanos();
        var spoken = System.nanoTime();
        Object told = "";
        while (!closing && System.nanoTime() < until) {
            var run = exchange.find(actor, id);
            if (!run.state().equals(told)) {
                told = run.state();
                spoken = System.nanoTime();
                emitter.send(
                        SseEmitter.event()
                                .name("changed")
                                .data(
                                        Map.of("state", run.stateName(), "over", run.isOver()),
                                        MediaType.APPLICATION_JSON));
            }
            if (run.isOver()) return;
            if (System.nanoTime() - spoken > SIGN_OF_LIFE.toNanos()) {
                spoken = System.nanoTime();
                emitter.send(SseEmitter.event().comment(""));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
        }
    }

    /** Open pages must not hold up the end of the platform. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        closing = true;
    }
}
