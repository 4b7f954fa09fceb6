package shuqiao.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Role;

/**
 * A form: shown, tried, shown again with all its faults and what was typed; the same for programs
 * and, where it has a workbook, for many things at once.
 *
 * @param path of the page, and where it is sent; {@code {name}} in it is the field of that name.
 *     One that is sent to the list itself makes a new thing there, and its page stands below that;
 *     one at {@code …/edit} may also be sent to what stands before that
 * @param by who may send it; empty for everybody signed in
 * @param title of the page
 * @param lead words before the thing's name in the heading; null where the title stands there
 * @param note what one should know before
 * @param grid null where no fields stand in rows
 * @param go word of the button
 * @param told once, when it has been done
 * @param next where one goes then, with {@code {name}} for values of the thing
 * @param workbook title of the workbook by which many are handed in, in one transaction, so not
 *     where the keeper asks another machine; null where there is none
 * @param ahead null where nothing is told before
 * @param draft what was typed and not sent is kept for the person when asked for
 */
public record Form(
        String name,
        String path,
        List<Role> by,
        Words title,
        @Nullable Words lead,
        @Nullable Words note,
        List<Field> fields,
        @Nullable Grid grid,
        Words go,
        Words told,
        String next,
        @Nullable Words workbook,
        @Nullable Operation rest,
        @Nullable Ahead ahead,
        boolean draft) {

    /** Names of the buttons of a page, which no field has. */
    static final Set<String> BUTTONS = Set.of("_csrf", "preview", "confirmed", "change", "draft");

    /**
     * What would be done is told before it is done.
     *
     * @param say word of the button that tells it
     * @param must not done before it was told and confirmed; all must be filled in then
     * @param rest null where programs are not told
     */
    public record Ahead(Words say, boolean must, @Nullable Operation rest) {}

    /**
     * Fields that stand in the rows of a table, one row for each thing that the keeper shows.
     *
     * @param shown what is told of each row before its fields
     */
    public record Grid(List<Listing.Column> shown) {
        public Grid {
            shown = List.copyOf(shown);
        }
    }

    public Form {
        by = by == null ? List.of() : List.copyOf(by);
        fields = List.copyOf(fields);
    }

    /** With nothing in it yet. */
    public static Form of(String name, String path, Role... by) {
        var none = Words.of(name);
        return new Form(
                name,
                path,
                List.of(by),
                none,
                null,
                null,
                List.of(),
                null,
                none,
                none,
                path,
                null,
                null,
                null,
                false);
    }

    /** Keys of the title, of the words before the thing's name, of the note; null for none. */
    public Form titled(String key, @Nullable String before, @Nullable String about) {
        var head = Words.of(key);
        var of = before == null ? null : Words.of(before);
        var what = about == null ? null : Words.of(about);
        return new Form(
                name, path, by, head, of, what, fields, grid, go, told, next, workbook, rest, ahead,
                draft);
    }

    public Form asks(Field... all) {
        var these = List.of(all);
        return new Form(
                name, path, by, title, lead, note, these, grid, go, told, next, workbook, rest,
                ahead, draft);
    }

    /** What is told of each row before the fields that stand in it: names and labels by turns. */
    public Form inRows(String... namesAndLabels) {
        var shown = new ArrayList<Listing.Column>();
        for (int at = 0; at < namesAndLabels.length; at += 2)
            shown.add(
                    Listing.Column.of(namesAndLabels[at], Field.Type.TEXT, namesAndLabels[at + 1]));
        var rows = new Grid(shown);
        return new Form(
                name, path, by, title, lead, note, fields, rows, go, told, next, workbook, rest,
                ahead, draft);
    }

    /** Keys of the button and of what is told then, and where one goes. */
    public Form then(String button, String done, String to) {
        var act = Words.of(button);
        var said = Words.of(done);
        return new Form(
                name, path, by, title, lead, note, fields, grid, act, said, to, workbook, rest,
                ahead, draft);
    }

    /** Also by a workbook of this title. */
    public Form handedIn(Words book) {
        return new Form(
                name, path, by, title, lead, note, fields, grid, go, told, next, book, rest, ahead,
                draft);
    }

    private Form rest(Operation.Method method, String id, String summary) {
        var also = new Operation(method, null, id, summary);
        return new Form(
                name, path, by, title, lead, note, fields, grid, go, told, next, workbook, also,
                ahead, draft);
    }

    public Form put(String id, String summary) {
        return rest(Operation.Method.PUT, id, summary);
    }

    public Form post(String id, String summary) {
        return rest(Operation.Method.POST, id, summary);
    }

    /** A button of this key tells what would be done; programs are told by the operation. */
    public Form foretold(String key, String id, String summary) {
        var before = new Operation(Operation.Method.POST, null, id, summary);
        return ahead(new Ahead(Words.of(key), false, before));
    }

    /** Told under this title, and confirmed, before it is done. */
    public Form confirmed(String key) {
        return ahead(new Ahead(Words.of(key), true, null));
    }

    private Form ahead(Ahead told) {
        return new Form(
                name, path, by, title, lead, note, fields, grid, go, this.told, next, workbook,
                rest, told, draft);
    }

    /** What was typed can be kept and sent later. */
    public Form drafted() {
        return new Form(
                name, path, by, title, lead, note, fields, grid, go, told, next, workbook, rest,
                ahead, true);
    }

    /** Where its page stands. */
    String page(Register register) {
        return makes(register) ? path + "/new" : path;
    }

    /** Whether it is sent to the list, and makes a new thing in it. */
    boolean makes(Register register) {
        var listing = register.listing();
        return path.equals(register.path()) && listing != null && listing.title() != null;
    }

    /** Fields that stand by themselves, seen or not. */
    List<Field> single() {
        return fields.stream().filter(field -> field.cell() == null).toList();
    }

    /** Fields that stand in the rows of the grid. */
    List<Field> cells() {
        return fields.stream().filter(field -> field.cell() != null).toList();
    }

    /**
     * Refuses an entry that does not say what it is about: the fields that the page carries along.
     */
    public void requireAddress(Entry entry) {
        var faults = new Invalid.Faults();
        for (var field : fields)
            if (field.isHidden() && field.needed() && entry.text(field.name()).isBlank())
                faults.add(field.name(), "required");
        faults.refuseIfAny();
    }

    /** Where it may be sent besides its own address; the same where there is no other. */
    String target() {
        return path.replaceAll("/edit$", "");
    }

    boolean allows(Actor actor) {
        return by.isEmpty() || by.stream().anyMatch(actor::has);
    }

    /** Whether its page opens by itself, and not from a thing. */
    boolean isOfNothing() {
        return fields.stream().noneMatch(field -> field.isHidden() && field.needed());
    }

    Field field(String wanted) {
        return fields.stream()
                .filter(field -> field.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no field " + wanted));
    }
}
