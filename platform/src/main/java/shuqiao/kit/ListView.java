package shuqiao.kit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Page;

/** A list as its page has it: every word in the reader's language, every link made. */
record ListView(
        String title,
        String heading,
        List<FormView.Said> facts,
        List<Step> forms,
        Keeper.@Nullable Above above,
        String path,
        Map<String, String> hidden,
        List<FormView.Asked> filters,
        Map<String, String> sorts,
        String sort,
        boolean narrowed,
        List<Head> heads,
        List<Row> rows,
        List<Step> many,
        long total,
        int number,
        List<Link> pages,
        @Nullable String before,
        @Nullable String after,
        @Nullable String csv,
        @Nullable String xlsx,
        String empty,
        String why) {

    private static final int AROUND = 2;

    /** A heading; where the list can be ordered by it, a link. */
    record Head(String word, @Nullable String path, @Nullable String sorted, boolean number) {}

    record Row(long id, String name, List<Cell> cells) {}

    /**
     * One value: as a link, a state, a number or words.
     *
     * @param small what stands below it: value {@code <name>.small}
     * @param key colour that it has in the figures above: value {@code <name>.key}
     */
    record Cell(
            String text,
            String small,
            @Nullable String path,
            @Nullable String look,
            boolean number,
            boolean code,
            boolean smallCode,
            @Nullable String key,
            @Nullable LocalDate due,
            boolean estimated) {}

    /** A step for all that are ticked; of a form, the way to it. */
    record Step(String name, String word, boolean reasoned) {}

    /** A page number; 0 stands for a gap. */
    record Link(int number, String path, boolean current) {}

    static ListView of(
            Registers.Kept kept,
            ListChoice choice,
            Page<Keeper.Item> page,
            Actor actor,
            MessageSource messages,
            Locale locale) {
        var register = kept.register();
        var listing = Objects.requireNonNull(register.listing());
        var entry = new Entry(Map.copyOf(choice.filters()));
        var shown = kept.keeper().show(actor, "", entry);
        var words = new Wording(register, messages, locale, shown);
        var title = words.say(Objects.requireNonNull(listing.title()));
        var facts = shown.facts().stream().map(fact -> FormView.Said.of(words, fact)).toList();
        var sorts = new LinkedHashMap<String, String>();
        for (var sort : listing.sorts()) sorts.put(sort.name(), words.say(sort.label()));
        var last = choice.last(page.total());
        var narrowed = !choice.filters().isEmpty();
        return new ListView(
                title,
                facts.isEmpty() ? title : facts.getFirst().text(),
                facts.stream().skip(1).toList(),
                register.forms().stream()
                        .filter(form -> form.isOfNothing() && form.allows(actor))
                        .map(form -> new Step(form.page(register), words.say(form.title()), false))
                        .toList(),
                shown.above(),
                register.path(),
                hidden(listing, choice),
                listing.filters().stream()
                        .filter(filter -> !filter.isHidden())
                        .map(filter -> FormView.Asked.of(words, filter, shown, entry))
                        .toList(),
                sorts,
                choice.sort(),
                narrowed,
                listing.shown().stream().map(column -> head(words, choice, column)).toList(),
                page.items().stream().map(item -> row(words, listing, item)).toList(),
                steps(words, listing, actor),
                page.total(),
                choice.number(),
                pages(choice, last),
                choice.number() > 1 ? choice.at(choice.number() - 1).address() : null,
                choice.number() < last ? choice.at(choice.number() + 1).address() : null,
                exported(listing, choice, page, "/export.csv"),
                exported(listing, choice, page, "/export.xlsx"),
                words.say(
                        narrowed || listing.empty() == null
                                ? Words.of("list.none")
                                : listing.empty()),
                words.say(
                        narrowed || listing.why() == null
                                ? Words.of("list.none.why")
                                : listing.why()));
    }

    /** What narrows the list unseen, and stays when it is narrowed further. */
    private static Map<String, String> hidden(Listing listing, ListChoice choice) {
        var hidden = new LinkedHashMap<String, String>();
        for (var filter : listing.filters())
            if (filter.isHidden() && choice.filters().containsKey(filter.name()))
                hidden.put(filter.name(), choice.filters().get(filter.name()));
        return hidden;
    }

    private static @Nullable String exported(
            Listing listing, ListChoice choice, Page<?> page, String file) {
        return listing.export() == null || page.total() == 0 ? null : choice.at(1).address(file);
    }

    private static Head head(Wording words, ListChoice choice, Listing.Column column) {
        var sorts = Objects.requireNonNull(words.register().listing()).sorts();
        var at = sorts.stream().map(Listing.Sort::name).toList().indexOf(column.name());
        return new Head(
                words.say(Objects.requireNonNull(column.label())),
                at < 0 ? null : choice.by(column.name(), at == 0).address(),
                at >= 0 && choice.sort().equals(column.name()) ? "ascending" : null,
                column.type() == Field.Type.NUMBER);
    }

    private static Row row(Wording words, Listing listing, Keeper.Item item) {
        var cells = listing.shown().stream().map(column -> cell(words, column, item)).toList();
        var name = cells.stream().filter(cell -> cell.path() != null).findFirst().map(Cell::text);
        return new Row(
                item.id(), name.orElse(cells.isEmpty() ? "" : cells.getFirst().text()), cells);
    }

    static Cell cell(Wording words, Listing.Column column, Keeper.Item item) {
        var value = DataKit.value(item, column.name());
        var text = words.text(column, item);
        var small = words.small(item, column.name());
        var isState = column.name().equals("state");
        return new Cell(
                text,
                small,
                column.link() == null || value == null
                        ? null
                        : Registers.filled(column.link(), item),
                isState ? words.state(item.state()).look() : null,
                column.type() == Field.Type.NUMBER,
                Wording.isLongCode(text),
                Wording.isCode(small),
                item.values().get(column.name() + ".key") instanceof String key ? key : null,
                isState ? due(item) : null,
                Boolean.TRUE.equals(item.values().get("estimated")));
    }

    static @Nullable LocalDate due(Keeper.Item item) {
        var due = item.text("due");
        return due.isEmpty() ? null : LocalDate.parse(due);
    }

    private static List<Step> steps(Wording words, Listing listing, Actor actor) {
        var transitions = words.register().transitions();
        if (transitions == null) return List.of();
        return transitions.moves().stream()
                .filter(move -> listing.many().contains(move.name()) && move.allows(actor))
                .map(move ->
                        new Step(
                                move.name(),
                                words.say(move.say()),
                                move.reason() != Transitions.Reason.NONE))
                .toList();
    }

    private static List<Link> pages(ListChoice choice, int last) {
        var pages = new ArrayList<Link>();
        if (last == 1) return pages;
        for (int n = 1; n <= last; n++) {
            if (n == 1 || n == last || Math.abs(n - choice.number()) <= AROUND)
                pages.add(new Link(n, choice.at(n).address(), n == choice.number()));
            else if (pages.getLast().number() != 0) pages.add(new Link(0, "", false));
        }
        return pages;
    }
}
