package shuqiao.kit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Actor;
import shuqiao.shell.Crumb;

/**
 * A form as its page has it: every word in the reader's language, every value in its place.
 *
 * @param hidden fields that the page carries along
 * @param draft when what stands here was kept; null where it was not
 * @param moves buttons under the form, for what is kept already
 */
record FormView(
        String title,
        @Nullable String lead,
        String thing,
        List<Crumb> way,
        List<Said> facts,
        @Nullable String note,
        String path,
        Map<String, Object> hidden,
        List<Asked> fields,
        @Nullable Rows grid,
        String go,
        @Nullable String preview,
        AheadView.@Nullable Told ahead,
        boolean drafted,
        @Nullable String draft,
        List<Button> moves) {

    /** Words, and whether they are what people typed. */
    record Said(String text, boolean plain) {
        static Said of(Wording words, Words it) {
            return new Said(words.say(it), it.isPlain());
        }
    }

    /** A field with its words and its value. */
    record Asked(
            Field it,
            String label,
            @Nullable String hint,
            Map<String, String> choices,
            String value,
            List<String> values,
            @Nullable String when) {

        static Asked of(Wording words, Field field, Keeper.Shown shown, Entry entry) {
            return new Asked(
                    field,
                    words.say(Objects.requireNonNull(field.label())),
                    words.maybe(field.hint()),
                    words.choices(field, shown),
                    field.type() == Field.Type.PASSWORD ? "" : entry.text(field.name()),
                    entry.texts(field.name()),
                    field.when() == null
                            ? null
                            : field.when().field() + "=" + String.join(",", field.when().values()));
        }
    }

    /** Fields in rows. */
    record Rows(@Nullable String note, List<String> heads, List<Asked> fields, List<Row> rows) {}

    record Row(String name, String word, List<Told> told, List<Cell> cells) {}

    /** What is told of a row; the small words stand below. */
    record Told(String text, boolean code, String small, boolean smallCode) {}

    record Cell(Asked field, String id, String value, boolean ticked) {}

    /** A move from here. */
    record Button(String word, String path, boolean asks) {

        static Button of(Wording words, Transitions.Move move, Keeper.Item item) {
            return new Button(
                    words.say(move.say()),
                    words.register().path() + "/" + item.id() + "/" + move.path(),
                    move.asks());
        }
    }

    static FormView of(Wording words, Form form, Keeper.Shown shown, Entry entry, Actor actor) {
        return of(words, form, shown, null, null, entry, actor);
    }

    static FormView of(
            Wording words,
            Form form,
            Keeper.Shown shown,
            Keeper.@Nullable Foretold told,
            @Nullable Instant draft,
            Entry entry,
            Actor actor) {
        var way = new ArrayList<Crumb>();
        for (var step : shown.way())
            way.add(
                    new Crumb(
                            words.say(step.word()), Registers.filled(step.path(), entry.values())));
        var title = words.say(form.title());
        way.add(new Crumb(title, Registers.filled(form.page(words.register()), entry.values())));
        var hidden = new LinkedHashMap<String, Object>();
        var fields = new ArrayList<Asked>();
        for (var field : form.single())
            if (field.isHidden())
                hidden.put(field.name(), entry.values().getOrDefault(field.name(), ""));
            else fields.add(Asked.of(words, field, shown, entry));
        return new FormView(
                title,
                words.maybe(form.lead()),
                shown.thing(),
                way,
                shown.facts().stream().map(fact -> Said.of(words, fact)).toList(),
                words.maybe(form.note()),
                Registers.filled(form.path(), entry.values()),
                hidden,
                fields,
                form.grid() == null ? null : rows(words, form, form.grid(), shown, entry),
                words.say(form.go()),
                form.ahead() == null || form.ahead().must() ? null : words.say(form.ahead().say()),
                told == null ? null : AheadView.Told.of(words, told),
                form.draft(),
                draft == null ? null : words.value(draft),
                moves(words, shown.item(), actor));
    }

    private static Rows rows(
            Wording words, Form form, Form.Grid grid, Keeper.Shown shown, Entry entry) {
        var fields =
                form.cells().stream().map(field -> Asked.of(words, field, shown, entry)).toList();
        var heads = new ArrayList<String>();
        for (var column : grid.shown())
            heads.add(Objects.requireNonNull(words.maybe(column.label())));
        fields.forEach(field -> heads.add(field.label()));
        var rows = new ArrayList<Row>();
        for (var row : shown.rows()) rows.add(row(words, grid, fields, row, entry));
        return new Rows(words.maybe(shown.note()), heads, fields, rows);
    }

    private static Row row(
            Wording words,
            Form.Grid grid,
            List<Asked> fields,
            Map<String, Object> row,
            Entry entry) {
        var name = String.valueOf(row.get("row"));
        var told = new ArrayList<Told>();
        for (var column : grid.shown()) {
            var text = words.text(column, row.get(column.name()));
            var small = words.text(column, row.get(column.name() + ".small"));
            // the first is what people call the row
            var code = !told.isEmpty() && Wording.isCode(text);
            told.add(new Told(text, code, small, Wording.isCode(small)));
        }
        var cells = new ArrayList<Cell>();
        for (var field : fields) {
            var stands = field.it().stands();
            var means = stands == null ? name : entry.pairs(stands).getOrDefault(name, "");
            cells.add(
                    new Cell(
                            field,
                            field.it().cell() + "-" + name,
                            entry.pairs(field.it().name()).getOrDefault(name, ""),
                            !means.isEmpty() && field.values().contains(means)));
        }
        return new Row(name, told.isEmpty() ? name : told.getFirst().text(), told, cells);
    }

    private static List<Button> moves(Wording words, Keeper.@Nullable Item item, Actor actor) {
        var transitions = words.register().transitions();
        if (item == null || transitions == null) return List.of();
        return transitions.open(actor, item).stream()
                .map(move -> Button.of(words, move, item))
                .toList();
    }
}
