package shuqiao.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Who may try a password just now. Wrong ones are counted by name and place, so that a stranger
 * uses up his own tries and not those of the person: five in 15 minutes from one address or device.
 * Beyond that an address that nobody of this name came from lately has 30 a minute for all names
 * together, and all such addresses have 50 an hour for one name. Each window slides.
 *
 * <p>Kept in the memory of this process, within {@link #KEPT_MAX} counts; a restart forgets them.
 */
@Component
class SignInThrottle {

    static final int WRONG_MAX = 5;
    static final Duration WINDOW = Duration.ofMinutes(15);
    static final int ADDRESS_MAX = 30;
    static final Duration ADDRESS_WINDOW = Duration.ofMinutes(1);
    static final int NAME_MAX = 50;
    static final Duration NAME_WINDOW = Duration.ofHours(1);

    /** So long an address is remembered from which somebody signed in. */
    static final Duration KNOWN = Duration.ofDays(30);

    static final int KEPT_MAX = 50_000;

    /** So long a try waits for others of its place that are being judged. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /**
     * @param address as the connection has it
     * @param device where this person signed in before, proven by a cookie; null for strangers
     */
    record Place(String address, @Nullable String device) {

        /** An IPv6 subscriber has 2^64 addresses, so the half of it that is his stands for all. */
        String network() {
            if (address.indexOf(':') < 0) return address;
            var parts = address.split(":", -1);
            var first = new StringBuilder();
            for (var i = 0; i < Math.min(4, parts.length) && !parts[i].isEmpty(); i++)
                first.append(parts[i]).append(':');
            return first.isEmpty() ? address : first.toString();
        }
    }

    /** Wrong ones and those that are not judged yet, the oldest first. */
    private static final class Tries {
        private final ArrayDeque<Instant> times = new ArrayDeque<>(2);
        private int unjudged;
    }

    private final Map<String, Tries> wrong = bounded();
    private final Map<String, Instant> known = bounded();
    private final InstantSource clock;

    SignInThrottle(InstantSource clock) {
        this.clock = clock;
    }

    private static <V> Map<String, V> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > KEPT_MAX;
            }
        };
    }

    /**
     * Takes one try, which counts as wrong until it is told otherwise; null when none is left.
     * Where others of the same place are not judged yet, it waits for them, for a moment.
     */
    @Nullable Attempt begin(String name, Place place) {
        return awaited(() -> counts(name, place), name, place.network());
    }

    /** Whether no try is left and none is being judged, so that {@link #begin} would say no now. */
    synchronized boolean isSpent(String name, Place place) {
        var counts = counts(name, place);
        return counts.stream().anyMatch(it -> !it.left())
                && counts.stream().allMatch(it -> it.tries().unjudged == 0);
    }

    /** A try by somebody who is signed in already: nobody else can use these up. */
    @Nullable Attempt beginSignedIn(String name) {
        return awaited(
                () -> List.of(count("own", name, "", WRONG_MAX, WINDOW, clock.instant())),
                name,
                null);
    }

    private synchronized @Nullable Attempt awaited(
            Supplier<List<Count>> counts, String name, @Nullable String network) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var now = counts.get();
            if (now.stream().allMatch(Count::left))
                return new Attempt(name, network, clock.instant(), now);
            var left = deadline - System.nanoTime();
            if (left <= 0 || now.stream().noneMatch(it -> it.tries().unjudged > 0)) return null;
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
    }

    private List<Count> counts(String name, Place place) {
        var now = clock.instant();
        var network = place.network();
        if (place.device() != null) {
            var device = count("device", name, place.device(), WRONG_MAX, WINDOW, now);
            if (device.left() || device.tries().unjudged > 0) return List.of(device);
        }
        var here = count("place", name, network, WRONG_MAX, WINDOW, now);
        var seen = known.get(name + "\n" + network);
        if (seen != null && seen.isAfter(now.minus(KNOWN))) return List.of(here);
        return List.of(
                here,
                count("address", "", network, ADDRESS_MAX, ADDRESS_WINDOW, now),
                count("name", name, "", NAME_MAX, NAME_WINDOW, now));
    }

    /** Until when strangers may not try this name; null when they may. */
    synchronized @Nullable Instant closedUntil(String name) {
        var all = count("name", name, "", NAME_MAX, NAME_WINDOW, clock.instant());
        return all.left() ? null : all.tries().times.getFirst().plus(NAME_WINDOW);
    }

    /** Gives all tries of a name back, wherever they were used up. */
    synchronized void forget(String name) {
        wrong.keySet().removeIf(key -> key.split("\n", -1)[1].equals(name));
    }

    /** How many counts are kept, for tests. */
    synchronized int kept() {
        return wrong.size();
    }

    private record Count(String key, Tries tries, int most) {

        boolean left() {
            return tries.times.size() < most;
        }
    }

    private Count count(
            String kind, String name, String where, int most, Duration window, Instant now) {
        var key = kind + "\n" + name + "\n" + where;
        var tries = wrong.get(key);
        if (tries == null) return new Count(key, new Tries(), most);
        var oldest = now.minus(window);
        while (!tries.times.isEmpty() && !tries.times.getFirst().isAfter(oldest))
            tries.times.removeFirst();
        return new Count(key, tries, most);
    }

    /** One try: counted at once, so that many at a time get no more than one after another. */
    final class Attempt {

        private final String name;
        private final @Nullable String network;
        private final Instant at;
        private final List<Count> counts;

        private Attempt(String name, @Nullable String network, Instant at, List<Count> counts) {
            this.name = name;
            this.network = network;
            this.at = at;
            this.counts = counts;
            for (var count : counts) {
                count.tries().times.addLast(at);
                count.tries().unjudged++;
                wrong.put(count.key(), count.tries());
            }
        }

        /** Whether the check says that it was right; a check that could not be made counts not. */
        boolean judge(BooleanSupplier check) {
            var right = false;
            var judged = false;
            try {
                right = check.getAsBoolean();
                judged = true;
            } finally {
                end(judged, right);
            }
            return right;
        }

        private void end(boolean judged, boolean right) {
            synchronized (SignInThrottle.this) {
                for (var count : counts) {
                    count.tries().unjudged--;
                    if (!judged || right) count.tries().times.removeLastOccurrence(at);
                }
                if (right) {
                    wrong.remove(counts.getFirst().key());
                    if (network != null) known.put(name + "\n" + network, at);
                }
                SignInThrottle.this.notifyAll();
            }
        }
    }
}
