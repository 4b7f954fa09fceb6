package shuqiao.work;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.annotation.Transactional;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.ItemWork;
import shuqiao.kernel.Page;
import shuqiao.kernel.Recurring;
import shuqiao.kernel.Role;
import shuqiao.kernel.Trusted;
import shuqiao.kernel.Unknown;
import shuqiao.work.WorkEvent.WorkAsked;
import shuqiao.work.WorkEvent.WorkForgotten;
import shuqiao.work.WorkEvent.WorkTriedAgain;

/** What the platform does by itself: rooms put items in, operators see what waits and what died. */
@Door
public class Work {

    private static final String ITEM = "work-item";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern KEY = Pattern.compile("[!-~]{1,200}");

    /** Asked for late: the kinds themselves call this door. */
    private final ObjectProvider<Recurring> kinds;

    private final RoundTable rounds;
    private final ItemTable items;
    private final Items work;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Work(
            ObjectProvider<Recurring> kinds,
            RoundTable rounds,
            ItemTable items,
            Items work,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.kinds = kinds;
        this.rounds = rounds;
        this.items = items;
        this.work = work;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Has an item done when it is due, in the transaction that asks for it.
     *
     * @param key at most 200 printable ASCII characters, not {@code recurring}
     * @return false where the kind has an item of this key that waits, runs or is dead
     */
    @Trusted("rooms have their own work done; no person is told anything")
    @Transactional
    public boolean put(String kind, String key, String payload, Instant due) {
        if (!KEY.matcher(key).matches() || key.equals(RoundTable.KEY))
            throw new IllegalArgumentException("not a key of work: " + key);
        return items.insert(kind, key, payload, due);
    }

    /** Items that wait, run or are dead: whoever looks for work by itself leaves them out. */
    @Trusted("rooms ask after their own work")
    public List<String> keys(String kind) {
        return items.keys(kind);
    }

    /**
     * The same of a kind whose items are things with a number; keys of other sorts are left out.
     */
    @Trusted("rooms ask after their own work")
    public List<Long> ids(String kind) {
        return keys(kind).stream()
                .filter(key -> NUMBER.matcher(key).matches())
                .map(Long::valueOf)
                .toList();
    }

    /**
     * Puts an item aside that broke while its kind looked for work; it is tried again by itself.
     *
     * @return false where it stands aside already
     */
    @Trusted("rooms have their own work done; no person is told anything")
    public boolean aside(String kind, Object key, Throwable why) {
        return work.aside(items(kind).orElseThrow(), key, why);
    }

    /** Those that failed most often first. */
    List<Round> rounds(Actor actor) {
        actor.require(Role.SYSTEM_ADMIN);
        return rounds.list(kinds());
    }

    Page<Item> items(Actor actor, Item.State state, Page.Request page) {
        actor.require(Role.SYSTEM_ADMIN);
        return items.list(kinds(), state, page);
    }

    Map<Item.State, Long> counts(Actor actor) {
        actor.require(Role.SYSTEM_ADMIN);
        return items.counts(kinds());
    }

    Item item(Actor actor, long id) {
        actor.require(Role.SYSTEM_ADMIN);
        return items.find(id).orElseThrow(() -> new Unknown(ITEM, id));
    }

    /**
     * Makes a kind of work due at once.
     *
     * @throws Conflict work:running where it is being done
     */
    @Transactional
    public void now(Actor actor, String kind) {
        actor.require(Role.SYSTEM_ADMIN);
        if (!kinds().contains(kind)) throw new Unknown("work", kind);
        if (!rounds.now(kind, clock.instant())) throw new Conflict("work:running");
        events.publishEvent(new WorkAsked(kind, actor, clock.instant()));
    }

    /**
     * Tries an item at once; a dead one from the beginning.
     *
     * @throws Conflict work:running where it is being done
     */
    @Transactional
    public void again(Actor actor, long id) {
        var it = item(actor, id);
        if (!items.again(id, clock.instant())) throw new Conflict("work:running");
        events.publishEvent(
                new WorkTriedAgain(it.kind(), it.key(), it.attempt(), actor, clock.instant()));
    }

    /**
     * Gives a dead item up for good.
     *
     * @throws Conflict work:not-dead where it is still tried
     */
    @Transactional
    public void forget(Actor actor, long id) {
        var it = item(actor, id);
        if (!items.forget(id)) throw new Conflict("work:not-dead");
        items(it.kind()).ifPresent(kind -> kind.forgotten(it.key()));
        events.publishEvent(
                new WorkForgotten(it.kind(), it.key(), it.attempt(), actor, clock.instant()));
    }

    private Optional<ItemWork> items(String kind) {
        return kinds.stream()
                .filter(it -> it.kind().equals(kind))
                .filter(ItemWork.class::isInstance)
                .map(ItemWork.class::cast)
                .findFirst();
    }

    private List<String> kinds() {
        return kinds.stream().map(Recurring::kind).toList();
    }
}
