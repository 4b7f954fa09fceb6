package shuqiao.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.Role;
import shuqiao.kernel.Unknown;
import shuqiao.outbound.KeptAddresses.Kept;
import shuqiao.outbound.OutboundEvent.OutsideAddressDecided;

/** 范围外的地址: kept addresses outside of what is allowed, each waiting for a decision. */
@Door
public class OutsideAddresses {

    /** A name server that does not answer holds the list up for so long. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Networks networks;
    private final List<KeptAddresses> rooms;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    OutsideAddresses(
            Networks networks,
            List<KeptAddresses> rooms,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.networks = networks;
        this.rooms = rooms;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /** Those that go on as before come first; names that nobody could resolve are among them. */
    List<Kept> list(Actor actor) {
        actor.require(Role.SYSTEM_ADMIN);
        var kept = rooms.stream().flatMap(room -> room.kept().stream()).toList();
        var questions = new ArrayList<Callable<Boolean>>();
        for (var one : kept)
            questions.add(() -> networks.inside(one.holder(), one.host(), one.port()));
        var outside = new ArrayList<Kept>();
        // not closed: that would wait for a name server that does not answer
        var asking = Executors.newVirtualThreadPerTaskExecutor();
        try {
            var answers = asking.invokeAll(questions, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            for (var at = 0; at < kept.size(); at++)
                if (!inside(answers.get(at))) outside.add(kept.get(at));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            asking.shutdownNow();
        }
        outside.sort(java.util.Comparator.comparing(Kept::asBefore).reversed());
        return outside;
    }

    private static boolean inside(java.util.concurrent.Future<Boolean> answer)
            throws InterruptedException {
        try {
            return answer.get();
        } catch (CancellationException | ExecutionException _) {
            return false;
        }
    }

    /**
     * Allows exactly this address for its holder, or lets it be refused from the next connection
     * on.
     *
     * @throws Conflict when it is to be allowed and is one that is never dialled
     */
    public void decide(Actor actor, String kind, long id, boolean allow) {
        actor.require(Role.SYSTEM_ADMIN);
        for (var room : rooms)
            for (var one : room.kept())
                if (one.kind().equals(kind) && one.id() == id) {
                    decide(actor, room, one, allow ? addresses(one) : List.of(), allow);
                    return;
                }
        throw new Unknown("kept-address", id);
    }

    private void decide(
            Actor actor, KeptAddresses room, Kept one, List<InetAddress> addresses, boolean allow) {
        transaction.executeWithoutResult(_ -> {
            for (var address : addresses)
                networks.allowOne(actor, one.holder(), address, one.port(), one.host());
            room.settle(actor, one.kind(), one.id());
            events.publishEvent(
                    new OutsideAddressDecided(
                            one.kind(), one.id(), one.holder(), allow, actor, clock.instant()));
        });
    }

    /** Asks a name server, so it runs before the transaction. */
    private List<InetAddress> addresses(Kept one) {
        List<InetAddress> found = List.of();
        try {
            found = networks.reach(one.holder(), one.host(), one.port(), true);
        } catch (UnknownHostException _) {
            // said below
        }
        if (found.isEmpty()) throw new Conflict("outbound:never", Map.of("host", one.host()));
        return found;
    }
}
