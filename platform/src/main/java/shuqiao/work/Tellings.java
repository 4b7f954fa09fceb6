package shuqiao.work;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.kernel.Afterwards;
import shuqiao.kernel.ItemWork;
import shuqiao.kernel.Outage;
import shuqiao.kernel.Telling;
import shuqiao.kernel.Tells;
import shuqiao.kernel.WorkItem;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells after the commit. Each telling is an item, put down with the act: the thread of the act
 * tells it when its transaction is over, so that who acted finds it told; where that platform died
 * or the telling broke, the round of the kind does. The item goes with the telling's own
 * transaction: what it writes here, it writes once.
 */
@Component
class Tellings implements ItemWork, Afterwards, SmartInitializingSingleton {

    static final String KIND = "tellings";

    /** So long the thread of the act has; a telling under way is held by its lock anyway. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(Tellings.class);
    private static final ThreadLocal<Boolean> TELLING = ThreadLocal.withInitial(() -> false);

    private final ObjectProvider<Tells> rooms;
    private final ItemTable items;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final JsonMapper json = JsonMapper.builder().build();
    private volatile Map<String, Telling<?>> byId = Map.of();
    private volatile Map<Class<?>, List<Telling<?>>> byEvent = Map.of();

    /** Asked for late: who tells may ask for tellings. */
    Tellings(
            ObjectProvider<Tells> rooms,
            ItemTable items,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.rooms = rooms;
        this.items = items;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public void afterSingletonsInstantiated() {
        var ids = new HashMap<String, Telling<?>>();
        var events = new HashMap<Class<?>, List<Telling<?>>>();
        rooms.orderedStream()
                .flatMap(room -> room.tellings().stream())
                .forEach(it -> {
                    if (ids.put(it.id(), it) != null)
                        throw new IllegalStateException("two tellings are called " + it.id());
                    events.computeIfAbsent(it.of(), _ -> new java.util.ArrayList<>()).add(it);
                });
        byId = ids;
        byEvent = events;
    }

    /** All that are told, for those who draw them and those who try whether JSON keeps them. */
    Map<String, Telling<?>> all() {
        return byId;
    }

    /**
     * Any record that a room publishes: not all of them are entries of the ledger. What Spring says
     * of itself, also of a start that failed, is none.
     */
    @EventListener
    void follow(PayloadApplicationEvent<?> published) {
        var event = published.getPayload();
        var all = byEvent.getOrDefault(event.getClass(), List.of());
        if (all.isEmpty()) return;
        transaction.executeWithoutResult(_ -> all.forEach(it -> put(it.id(), event)));
    }

    @Override
    public void tell(String telling, Object message) {
        if (TELLING.get()) told(telling(telling), message);
        else transaction.executeWithoutResult(_ -> put(telling, message));
    }

    private void put(String telling, Object message) {
        var key = telling + "/" + UUID.randomUUID();
        items.insert(KIND, key, json.writeValueAsString(message), clock.instant().plus(GRACE));
        Transactions.afterwards(() -> now(key, message));
    }

    /** On the thread of the act, after its commit: whatever breaks is the telling's own. */
    private void now(String key, Object message) {
        try {
            once(key, message);
        } catch (RuntimeException | Error broke) {
            LOG.error("{} {} broke, attempt 1, next in {}", KIND, key, pause(1), broke);
            if (Outage.isBehind(broke)) return; // it is due in a while
            try {
                items.failed(
                        KIND,
                        key,
                        Cause.of(broke),
                        clock.instant(),
                        clock.instant().plus(pause(1)));
            } catch (RuntimeException again) {
                LOG.error("{} {}: the failure could not be noted", KIND, key, again);
            }
        }
    }

    private void once(String key, @Nullable Object message) {
        transaction.executeWithoutResult(_ -> {
            var payload = items.hold(KIND, key);
            if (payload.isEmpty()) return; // it was told, or is being told
            var it = telling(key.substring(0, key.indexOf('/')));
            told(it, message == null ? json.readValue(payload.get(), it.of()) : message);
            items.remove(KIND, key);
        });
    }

    private static <T> void told(Telling<T> it, Object message) {
        var before = TELLING.get();
        TELLING.set(true);
        try {
            it.tell().accept(it.of().cast(message));
        } finally {
            if (!before) TELLING.remove();
        }
    }

    private Telling<?> telling(String id) {
        return Objects.requireNonNull(byId.get(id), () -> "nobody tells " + id);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(2);
    }

    @Override
    public void work(WorkItem item) {
        once(item.key(), null);
    }
}
