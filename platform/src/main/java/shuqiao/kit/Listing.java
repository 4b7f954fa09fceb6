package shuqiao.kit;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.Where;

/**
 * A list: its page with filters, orders, page numbers, steps for many and export, and the same list
 * for programs.
 *
 * @param by who may see it; empty for everybody signed in
 * @param title null where only programs read it
 * @param filters with a label on the page, all for programs
 * @param sorts the first holds where none is chosen
 * @param many moves that can be made for several at once
 * @param export name of the file; null where there is none
 * @param empty what is said where there is nothing at all
 * @param why when there will be something
 */
public record Listing(
        List<Role> by,
        @Nullable Words title,
        List<Column> columns,
        List<Field> filters,
        List<Sort> sorts,
        List<String> many,
        @Nullable String export,
        @Nullable Words empty,
        @Nullable Words why,
        @Nullable Operation rest) {

    public static final int SIZE = 20;

    /**
     * What is told of each thing.
     *
     * @param label null where only programs are told
     * @param of the enum that words a code
     * @param link address that it leads to, with {@code {name}} for values
     */
    public record Column(
            String name,
            Field.Type type,
            @Nullable Words label,
            @Nullable String of,
            @Nullable String link) {

        public static Column of(String name, Field.Type type, @Nullable String label) {
            var words = label == null ? null : Words.of(label);
            return new Column(name, type, words, null, null);
        }

        /** Its values are worded by this enum. */
        public Column worded(String words) {
            return new Column(name, type, label, words, link);
        }

        public Column to(String address) {
            return new Column(name, type, label, of, address);
        }
    }

    /** An order that the keeper knows by its name. */
    public record Sort(String name, Words label) {}

    /**
     * What is asked of the keeper: for a page a number of rows to pass over, for programs the id
     * after which the list goes on.
     *
     * @param filters by name, only those that are set
     * @param sort name of one of the declared orders; empty where there are none
     */
    public record Query(Map<String, String> filters, String sort, Page.Request page, long offset) {

        public Query {
            filters = Map.copyOf(filters);
        }

        /** The filters as they were said. */
        public Entry entry() {
            return new Entry(Map.copyOf(filters));
        }

        /**
         * How many to pass over, where the cursor that programs are given is a number of rows: for
         * a list in an order that no id has.
         */
        public long from() {
            return page.after() == Long.MAX_VALUE ? offset : page.after();
        }

        /** These, read from {@link #from}, of so many in all. */
        public <T> Page<T> piece(List<T> rows, long total) {
            var next = from() + rows.size();
            return new Page<>(
                    rows, total, rows.isEmpty() || next >= total ? null : String.valueOf(next));
        }

        /**
         * Adds a condition of the table where the filter is set; the parameter has its name. For
         * numbers and codes: a value of digits is bound as a number.
         */
        public Query narrow(Where where, String filter, String condition) {
            var value = filters.get(filter);
            if (value != null)
                where.and(
                        condition,
                        filter,
                        value.matches("-?[0-9]{1,18}") ? Long.valueOf(value) : value);
            return this;
        }
    }

    public Listing {
        by = by == null ? List.of() : List.copyOf(by);
        columns = List.copyOf(columns);
        filters = filters == null ? List.of() : List.copyOf(filters);
        sorts = sorts == null ? List.of() : List.copyOf(sorts);
        many = many == null ? List.of() : List.copyOf(many);
    }

    /** With nothing in it yet; for programs alone until it has a title. */
    public static Listing of(Role... by) {
        return new Listing(
                List.of(by),
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                null);
    }

    /** Keys of the title, of what is said where there is nothing, and of when there will be. */
    public Listing titled(String key, String nothing, String because) {
        var head = Words.of(key);
        var none = Words.of(nothing);
        var then = Words.of(because);
        return new Listing(by, head, columns, filters, sorts, many, export, none, then, rest);
    }

    public Listing with(Column... more) {
        var all = Stream.concat(columns.stream(), Stream.of(more)).toList();
        return new Listing(by, title, all, filters, sorts, many, export, empty, why, rest);
    }

    /** What programs are told besides. */
    private Listing telling(Field.Type type, String... names) {
        return with(
                Stream.of(names).map(name -> Column.of(name, type, null)).toArray(Column[]::new));
    }

    public Listing numbers(String... names) {
        return telling(Field.Type.NUMBER, names);
    }

    public Listing texts(String... names) {
        return telling(Field.Type.TEXT, names);
    }

    public Listing pairs(String... names) {
        return telling(Field.Type.PAIRS, names);
    }

    public Listing lists(String... names) {
        return telling(Field.Type.TEXTS, names);
    }

    public Listing ticks(String... names) {
        return telling(Field.Type.TICK, names);
    }

    public Listing times(String... names) {
        return telling(Field.Type.TIME, names);
    }

    public Listing narrowed(Field... by) {
        var all = List.of(by);
        return new Listing(this.by, title, columns, all, sorts, many, export, empty, why, rest);
    }

    /** An order; the first is the usual one. */
    public Listing sorted(String name, String key) {
        var all = Stream.concat(sorts.stream(), Stream.of(new Sort(name, Words.of(key)))).toList();
        return new Listing(by, title, columns, filters, all, many, export, empty, why, rest);
    }

    /** Moves for several at once. */
    public Listing forMany(String... moves) {
        var all = List.of(moves);
        return new Listing(by, title, columns, filters, sorts, all, export, empty, why, rest);
    }

    public Listing exportedAs(String file) {
        return new Listing(by, title, columns, filters, sorts, many, file, empty, why, rest);
    }

    public Listing rest(String id, String summary) {
        var also = new Operation(Operation.Method.GET, null, id, summary);
        return new Listing(by, title, columns, filters, sorts, many, export, empty, why, also);
    }

    /** What programs are told. */
    List<Column> told() {
        return columns.stream().filter(column -> column.type() != Field.Type.WORDS).toList();
    }

    List<Column> shown() {
        return columns.stream().filter(column -> column.label() != null).toList();
    }
}
