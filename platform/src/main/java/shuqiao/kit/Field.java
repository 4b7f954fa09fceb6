package shuqiao.kit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One field of a form, or one filter of a list.
 *
 * @param name in the address, the body and the faults
 * @param label null for a field that the page carries along unseen
 * @param needed whether it must be filled in
 * @param min of a number
 * @param max of a number; of a text, characters
 * @param of named reference to a set of codes that the keeper shows, or the enum that words the
 *     {@code codes}
 * @param codes the only values it may have; empty when the set is a named one
 * @param when shown and needed only when another field has one of these values
 * @param first what holds where nothing is said
 * @param cell what one cell of it is called, in the rows of a {@link Form.Grid}
 * @param stands of ticks in rows: the field whose choice in the same row is meant
 */
public record Field(
        String name,
        Type type,
        @Nullable Words label,
        @Nullable Words hint,
        boolean needed,
        int min,
        int max,
        @Nullable String of,
        List<Code> codes,
        @Nullable When when,
        @Nullable String first,
        @Nullable String cell,
        @Nullable String stands) {

    /** What a field holds, and so how it is asked for, checked and shown. */
    public enum Type {
        TEXT,
        LONG_TEXT,
        /** Typed unseen and never shown again. */
        PASSWORD,
        /** No field: the heading of those that follow, its hint beside it; label and hint alone. */
        HEADING,
        NUMBER,
        /** A number with a point, as a program writes it. */
        DECIMAL,
        DATE,
        /** A point in time; in lists only. */
        TIME,
        /** {@link shuqiao.kit.Words} for people; in lists only, and programs are not told. */
        WORDS,
        /** One of a set, chosen from a list. */
        CODE,
        /** One of few, all seen. */
        RADIO,
        /** Any of few. */
        CHECKS,
        TICK,
        /** A text for each row of a grid. */
        PAIRS,
        /** Which rows of a grid. */
        TEXTS
    }

    /** One value of a set; without words it is worded by the set's enum. */
    public record Code(String value, @Nullable Words label) {}

    /** The values of another field that make this one apply. */
    public record When(String field, List<String> values) {
        public When {
            values = List.copyOf(values);
        }
    }

    public Field {
        codes = codes == null ? List.of() : List.copyOf(codes);
    }

    private static Field of(String name, Type type) {
        return new Field(
                name, type, null, null, false, 0, 0, null, List.of(), null, null, null, null);
    }

    public static Field text(String name) {
        return of(name, Type.TEXT);
    }

    public static Field longText(String name) {
        return of(name, Type.LONG_TEXT);
    }

    public static Field password(String name) {
        return of(name, Type.PASSWORD);
    }

    /** The heading of the fields that follow. */
    public static Field heading(String name, String key, String beside) {
        return of(name, Type.HEADING).label(key).hint(beside);
    }

    public static Field number(String name) {
        return of(name, Type.NUMBER);
    }

    public static Field decimal(String name) {
        return of(name, Type.DECIMAL);
    }

    public static Field code(String name) {
        return of(name, Type.CODE);
    }

    public static Field tick(String name) {
        return of(name, Type.TICK);
    }

    public static Field radio(String name) {
        return of(name, Type.RADIO);
    }

    /** One choice in each row of the grid, each in a cell of this name. */
    public static Field pairs(String name, String each) {
        return of(name, Type.PAIRS).inRows(each, null);
    }

    /** Ticks in the rows of the grid; each means what the row has chosen in that field. */
    public static Field ticks(String name, @Nullable String meaning) {
        return of(name, Type.TEXTS).inRows(name, meaning);
    }

    public Field label(String key) {
        var words = Words.of(key);
        return new Field(
                name, type, words, hint, needed, min, max, of, codes, when, first, cell, stands);
    }

    public Field hint(String key) {
        var words = Words.of(key);
        return new Field(
                name, type, label, words, needed, min, max, of, codes, when, first, cell, stands);
    }

    public Field must() {
        return new Field(
                name, type, label, hint, true, min, max, of, codes, when, first, cell, stands);
    }

    public Field within(int least, int most) {
        return new Field(
                name, type, label, hint, needed, least, most, of, codes, when, first, cell, stands);
    }

    /** Chosen from a set that the keeper shows under this name. */
    public Field from(String named) {
        return new Field(
                name, type, label, hint, needed, min, max, named, codes, when, first, cell, stands);
    }

    /** One of these; the first holds where nothing is said. */
    public Field oneOf(String words, Enum<?>... values) {
        var names = Arrays.stream(values).map(Enum::name).toArray(String[]::new);
        return oneOf(words, names).first(names[0]);
    }

    /** One of these. */
    public Field oneOf(String words, String... values) {
        var all = new ArrayList<Code>();
        for (var one : values) all.add(new Code(one, null));
        return new Field(
                name, type, label, hint, needed, min, max, words, all, when, first, cell, stands);
    }

    /** Holds where nothing is said. */
    public Field first(String value) {
        return new Field(
                name, type, label, hint, needed, min, max, of, codes, when, value, cell, stands);
    }

    public Field when(String field, String... values) {
        var then = new When(field, Arrays.asList(values));
        return new Field(
                name, type, label, hint, needed, min, max, of, codes, then, first, cell, stands);
    }

    private Field inRows(String each, @Nullable String meaning) {
        return new Field(
                name, type, label, hint, needed, min, max, of, codes, when, first, each, meaning);
    }

    /** How it is asked for: a number out of a named set is chosen. */
    public String look() {
        return type == Type.NUMBER && of != null ? Type.CODE.name() : type.name();
    }

    /** Whether a page sends it under this name: its own, or that of one of its cells. */
    boolean holds(String sent) {
        return sent.equals(name) || cell != null && sent.startsWith(cell + "-");
    }

    boolean isHidden() {
        return label == null;
    }

    /** The words of a code, where they do not stand beside it. */
    Words wordOf(Code code) {
        return code.label() == null ? Words.of(of + "." + code.value()) : code.label();
    }
}
