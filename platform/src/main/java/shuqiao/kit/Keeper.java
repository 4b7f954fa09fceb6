package shuqiao.kit;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Offered;
import shuqiao.kernel.Page;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Unknown;

/**
 * What a room gives to the kit: a declaration, and the door behind it. The kit has looked at the
 * declared roles, fields and states before it calls; whose things they are is the door's to look
 * at.
 */
@Offered(Offered.As.SERVICE)
public interface Keeper {

    /**
     * A thing that is kept.
     *
     * @param by subject who made the last step, for four eyes
     * @param values by name of the column: text, number, time, list or map of texts
     */
    record Item(long id, String state, String by, Map<String, Object> values) {
        public Item {
            values = Map.copyOf(values);
        }

        /** With the parts of these records as values: texts, numbers, times, lists and maps. */
        public static Item of(long id, String state, String by, Record... all) {
            return new Item(id, state, by, Parts.of(all));
        }

        /**
         * With these too, names and values by turns; what is null is none. What {@code name.said}
         * has is shown to people in the place of {@code name}, and {@code name.small} below it.
         */
        public Item with(@Nullable Object... more) {
            var all = new HashMap<>(values);
            all.putAll(Entry.of(more).values());
            return new Item(id, state, by, all);
        }

        public long number(String name) {
            return (long) Objects.requireNonNull(values.get(name));
        }

        public String text(String name) {
            return String.valueOf(values.getOrDefault(name, ""));
        }
    }

    /** One step of the way to a page; the path has {@code {name}} for values of the form. */
    record Step(Words word, String path) {}

    /**
     * What stands above a list, drawn by the fragment {@code part(part)} of a template of the room.
     */
    record Above(String template, Object content) {}

    /**
     * What a form or a list shows besides its declaration.
     *
     * @param thing name of what a form is about, for the heading; may be empty
     * @param facts one line below the heading; of a list the heading itself, then the line
     * @param note beside the heading of the grid
     * @param codes sets of codes that fields name
     * @param rows of the grid; the value {@code row} of each is its name in fields
     * @param values what the fields hold before anybody types
     * @param item null where nothing is kept yet
     * @param above of a list; null where nothing stands there
     */
    record Shown(
            String thing,
            List<Step> way,
            List<Words> facts,
            @Nullable Words note,
            Map<String, List<Field.Code>> codes,
            List<Map<String, Object>> rows,
            Map<String, Object> values,
            @Nullable Item item,
            @Nullable Above above) {

        public Shown(
                String thing,
                List<Step> way,
                List<Words> facts,
                @Nullable Words note,
                Map<String, List<Field.Code>> codes,
                List<Map<String, Object>> rows,
                Map<String, Object> values,
                @Nullable Item item) {
            this(thing, way, facts, note, codes, rows, values, item, null);
        }

        /** Of a list: its heading and what stands below it, sets of codes, what stands above it. */
        public static Shown list(
                List<Words> facts, Map<String, List<Field.Code>> codes, @Nullable Above above) {
            return new Shown("", List.of(), facts, null, codes, List.of(), Map.of(), null, above);
        }

        /** Of a form: the way to it, and records whose parts its fields hold at first. */
        public static Shown filled(List<Step> way, Record... first) {
            return new Shown(
                    "", way, List.of(), null, Map.of(), List.of(), Parts.of(first), null, null);
        }

        public static final Shown NOTHING =
                new Shown("", List.of(), List.of(), null, Map.of(), List.of(), Map.of(), null);
    }

    /**
     * What a form would do.
     *
     * @param lines words, texts or times
     */
    record Foretold(Words said, List<Object> lines) {}

    /**
     * What the page of one thing shows besides its declaration.
     *
     * @param thing its name, for the heading
     * @param facts one line below the heading
     * @param history the latest on top
     */
    record Seen(String thing, List<Words> facts, List<Lines> lines, List<Past> history) {}

    /**
     * Lines under a heading.
     *
     * @param all words, texts or times
     * @param none what is said where there is none
     */
    record Lines(Words head, List<Object> all, Words none) {}

    /**
     * A step that was made.
     *
     * @param by who made it, as people call them
     * @param from null where the thing was made by it
     */
    record Past(Instant at, String by, @Nullable String from, String to, @Nullable Words why) {}

    /** The declaration; always the same value. */
    Register register();

    /** One's own things, as many as asked for. */
    default Page<Item> page(Actor actor, Listing.Query query) {
        throw new Unknown(register().id(), "");
    }

    /** One thing, or a refusal: what a list that is narrowed to its {@code id} holds. */
    default Item get(Actor actor, long id) {
        var one = Map.of("id", String.valueOf(id));
        var query = new Listing.Query(one, "", new Page.Request(1, Long.MAX_VALUE), 0);
        return page(actor, query).items().stream()
                .findFirst()
                .orElseThrow(() -> new Unknown(register().id(), id));
    }

    /** What a form shows before anybody types, or beside what was typed. */
    default Shown show(Actor actor, String form, Entry entry) {
        return Shown.NOTHING;
    }

    /** Adds what the declaration cannot know, so that all faults are told at once. */
    default void check(Actor actor, String form, Entry entry, Invalid.Faults faults) {}

    /**
     * Does what the form asks for; the declared fields are in order. One goes where the form says,
     * or to the address that the thing has as its value {@code next}.
     */
    default Item attempt(Actor actor, String form, Entry entry) {
        throw new Unknown(register().id(), form);
    }

    /** What {@link #attempt} would do with what was said so far. */
    default Foretold ahead(Actor actor, String form, Entry entry) {
        throw new Unknown(register().id(), form);
    }

    /** What the page of a thing shows; without it, the first text of the list and no more. */
    default Seen see(Actor actor, Item item) {
        return new Seen(String.valueOf(item.id()), List.of(), List.of(), List.of());
    }

    /**
     * Why the actor cannot make a move that state, role and four eyes allow; null where they can.
     */
    default @Nullable Words bar(Actor actor, String move, Item item) {
        return null;
    }

    /** What is said of a move that the state does not allow. */
    default Refusal notNow(Actor actor, String move, Item item) {
        return new Steps.NotNow(move, item.state());
    }

    /** Makes a move that the thing's state allows, and gives the thing as it was left. */
    default Item move(Actor actor, String move, Item item, String reason) {
        throw new Unknown(register().id(), item.id());
    }
}
