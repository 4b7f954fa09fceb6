package shuqiao.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Page;
import shuqiao.kernel.Unknown;

/** Keeps the things of any declaration in memory, as the workbench will keep them in tables. */
final class Toy implements Keeper {

    static final Path FOLDER = Path.of("src", "test", "kit");

    private final Register register;
    private final AtomicLong next = new AtomicLong();

    /** When a move is made, as far as clocks are concerned. */
    volatile Instant since = Instant.EPOCH;

    /** A name that no check finds, as where somebody was quicker. */
    volatile String refused = "";

    final TreeMap<Long, Item> items = new TreeMap<>(Comparator.reverseOrder());

    private final Map<Long, List<Past>> history = new ConcurrentHashMap<>();

    Toy(Register register) {
        this.register = register;
    }

    static String yaml(String name) {
        try {
            return Files.readString(FOLDER.resolve(name + ".yaml"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Toy of(String name) {
        return new Toy(Declarations.read(yaml(name)));
    }

    @Override
    public Register register() {
        return register;
    }

    @Override
    public synchronized Page<Item> page(Actor actor, Listing.Query query) {
        var all =
                new ArrayList<>(
                        items.values().stream()
                                .filter(item ->
                                        query.filters().entrySet().stream()
                                                .allMatch(filter ->
                                                        String.valueOf(
                                                                        item.values()
                                                                                .get(
                                                                                        filter
                                                                                                .getKey()))
                                                                .contains(filter.getValue())))
                                .toList());
        if (!query.sort().isEmpty() && !query.sort().equals("newest"))
            all.sort(
                    Comparator.comparing(item ->
                            "%20s".formatted(item.values().getOrDefault(query.sort(), ""))));
        var piece =
                all.stream()
                        .filter(item -> item.id() < query.page().after())
                        .skip(query.offset())
                        .limit(query.page().limit() + 1L)
                        .toList();
        return query.page().page(piece, all.size(), Item::id);
    }

    @Override
    public synchronized Item get(Actor actor, long id) {
        var item = items.get(id);
        if (item == null) throw new Unknown("mapping", id);
        return item;
    }

    Item get(long id) {
        return java.util.Objects.requireNonNull(items.get(id));
    }

    @Override
    public Shown show(Actor actor, String form, Entry entry) {
        return new Shown(
                "",
                List.of(),
                List.of(),
                null,
                Map.of("rooms", List.of(new Field.Code("1", Words.plain("一号机房")))),
                List.of(),
                Map.of(),
                null);
    }

    @Override
    public Foretold ahead(Actor actor, String form, Entry entry) {
        return new Foretold(
                new Words(null, "将登记一间机房", "A machine room will be registered", List.of()),
                List.of(entry.text("name")));
    }

    @Override
    public Seen see(Actor actor, Item item) {
        return new Seen(
                item.text("name"),
                List.of(),
                List.of(),
                history.getOrDefault(item.id(), List.of()));
    }

    @Override
    public void check(Actor actor, String form, Entry entry, Invalid.Faults faults) {
        if (entry.text("name").contains("?"))
            faults.add("name", "range", Map.of("min", 1, "max", 2));
    }

    @Override
    public synchronized Item attempt(Actor actor, String form, Entry entry) {
        var faults = new Invalid.Faults();
        check(actor, form, entry, faults);
        faults.refuseIfAny();
        var start =
                register.transitions() == null
                        ? ""
                        : register.transitions().states().getFirst().name();
        var values = new LinkedHashMap<>(entry.values());
        var item = new Item(next.incrementAndGet(), start, actor.subject(), values);
        if (refused.equals(values.get("name"))) throw new Conflict("kit:not-now");
        items.put(item.id(), item);
        if (TransactionSynchronizationManager.isSynchronizationActive())
            TransactionSynchronizationManager.registerSynchronization(
                    new TransactionSynchronization() {
                        @Override
                        public void afterCompletion(int status) {
                            if (status != STATUS_COMMITTED) items.remove(item.id());
                        }
                    });
        return item;
    }

    @Override
    public synchronized Item move(Actor actor, String move, Item was, String reason) {
        var to = java.util.Objects.requireNonNull(register.transitions()).move(move).to();
        var item = new Item(was.id(), to, actor.subject(), was.values());
        var why = reason.isEmpty() ? null : Words.plain(reason);
        var past = new ArrayList<>(history.getOrDefault(was.id(), List.of()));
        past.addFirst(new Past(Instant.EPOCH, actor.subject(), was.state(), to, why));
        item = item.with("since", since);
        history.put(was.id(), past);
        items.put(was.id(), item);
        return item;
    }
}
