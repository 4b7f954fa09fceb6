package shuqiao.standard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A code or notice that a standard forbids. {@link #kind} and {@link #reason} together are a stable
 * key by which a sentence in the reader's language is found; {@link #REASONS} lists them all.
 *
 * <p>The message never repeats the value: a value in the wrong field may be a person's number.
 */
public final class InvalidCode extends IllegalArgumentException {

    /** A key of translation. */
    public record Reason(String kind, String reason) {}

    private static final Map<Reason, String> SENTENCES = sentences();

    /** Every pair that can be thrown, in a stable order. */
    public static final List<Reason> REASONS = List.copyOf(SENTENCES.keySet());

    private static final long serialVersionUID = 1;

    private final String kind;
    private final String value;
    private final int position;
    private final String reason;
    private final String expected;
    private final String found;

    /**
     * @param position 1-based; 0 is the whole; in a notice it is the line
     */
    InvalidCode(
            String kind, String value, int position, String reason, String expected, String found) {
        super(sentence(kind, position, reason, expected, found));
        this.kind = kind;
        this.value = kind.equals(CitizenNumber.KIND) ? CitizenNumber.mask(value) : value;
        this.position = position;
        this.reason = reason;
        this.expected = expected;
        this.found = found;
    }

    /** Which code was meant, such as {@code credit-code}. */
    public String kind() {
        return kind;
    }

    /** What was given; masked when it was meant as a citizen number. */
    public String value() {
        return value;
    }

    /** Where it is wrong, counted from 1; 0 when it is wrong as a whole. */
    public int position() {
        return position;
    }

    public String reason() {
        return reason;
    }

    /** What should stand there; empty when there is no short answer. */
    public String expected() {
        return expected;
    }

    /** What stands there; empty when it may not be repeated. */
    public String found() {
        return found;
    }

    private static String sentence(
            String kind, int position, String reason, String expected, String found) {
        var template = SENTENCES.get(new Reason(kind, reason));
        if (template == null) throw new IllegalStateException(kind + " has no reason " + reason);
        var said = template.replace("{expected}", expected).replace("{found}", found);
        var place = YearNotice.KIND.equals(kind) ? "line " : "position ";
        return position == 0 ? kind + ": " + said : kind + ", " + place + position + ": " + said;
    }

    private static Map<Reason, String> sentences() {
        var all = new LinkedHashMap<Reason, String>();
        for (var kind :
                List.of(
                        CreditCode.KIND,
                        OrganizationCode.KIND,
                        CitizenNumber.KIND,
                        LicenceIdentifier.KIND,
                        DivisionCode.KIND,
                        ResourceCode.KIND)) {
            all.put(new Reason(kind, "space"), "a space does not belong here");
            all.put(new Reason(kind, "length"), "must have {expected} characters, but has {found}");
            all.put(new Reason(kind, "character"), "expected one of {expected}, but found {found}");
            all.put(
                    new Reason(kind, "full-width"),
                    "{found} is a full-width character; write {expected}");
        }
        for (var kind :
                List.of(
                        CreditCode.KIND,
                        OrganizationCode.KIND,
                        CitizenNumber.KIND,
                        LicenceIdentifier.KIND)) {
            all.put(
                    new Reason(kind, "lower-case"),
                    "{found} is a lower-case letter; write {expected}");
            all.put(
                    new Reason(kind, "check"),
                    "the check character must be {expected}, but is {found}");
        }
        all.put(
                new Reason(CreditCode.KIND, "division"),
                "the division (positions 3 to 8) is written in digits, but found {found}");
        all.put(
                new Reason(OrganizationCode.KIND, "hyphen"),
                "a hyphen stands before the check character, but found {found}");
        all.put(
                new Reason(CitizenNumber.KIND, "division"),
                "the first two digits are no province: {found}");
        all.put(
                new Reason(CitizenNumber.KIND, "date"),
                "positions 7 to 14 are no date of birth between 1800 and 2199");
        all.put(
                new Reason(LicenceIdentifier.KIND, "parts"),
                "must be {expected}: root, type, issuer, serial, version, check");
        all.put(new Reason(LicenceIdentifier.KIND, "root"), "must begin with {expected}");
        all.put(
                new Reason(LicenceIdentifier.KIND, "empty"),
                "the {expected} of the licence is missing");
        all.put(
                new Reason(DivisionCode.KIND, "gap"),
                "a part of zeros is followed by {found}; the level above is missing");
        all.put(new Reason(ResourceCode.KIND, "separator"), "one half-width / must stand between");
        all.put(
                new Reason(ResourceCode.KIND, "class"),
                "the class must be {expected}, but is {found}");
        all.put(new Reason(ResourceCode.KIND, "sequence"), "the sequence must be {expected}");
        all.put(new Reason(YearNotice.KIND, "year"), "the year must lie in {expected}");
        all.put(new Reason(YearNotice.KIND, "columns"), "expected the columns {expected}");
        all.put(new Reason(YearNotice.KIND, "date"), "{found} is no date like {expected}");
        all.put(new Reason(YearNotice.KIND, "kind"), "expected {expected}, but found {found}");
        all.put(
                new Reason(YearNotice.KIND, "elsewhere"),
                "{found} does not lie in {expected} or the month before or after");
        all.put(new Reason(YearNotice.KIND, "twice"), "{found} is named twice");
        all.put(
                new Reason(YearNotice.KIND, "weekday-work"),
                "{found} is worked anyway: only a Saturday or Sunday can be made a working day");
        all.put(
                new Reason(YearNotice.KIND, "statutory"),
                "{expected} is a holiday by law, but the notice does not name it as off");
        return all;
    }
}
