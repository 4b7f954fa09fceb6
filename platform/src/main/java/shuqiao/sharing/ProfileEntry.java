package shuqiao.sharing;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Invalid;

/**
 * A legal profile as an administrator writes it, not yet checked.
 *
 * @param code of an existing profile for its next version, or a new one
 * @param limits by {@link Limit}
 */
public record ProfileEntry(
        @Nullable String code,
        @Nullable String name,
        @Nullable String nameEn,
        boolean verified,
        @Nullable String clockStart,
        @Nullable String scopeRule,
        boolean negotiation,
        boolean arbitration,
        @Nullable List<@Nullable String> bases,
        @Nullable Map<String, @Nullable LimitEntry> limits) {

    static final int DAYS_MAX = 250;
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{1,39}");

    static final int TIMES_MAX = 20;

    /**
     * @param workingDays left out when the rule names no number
     * @param times how often it may be used; once when left out
     */
    public record LimitEntry(
            @Nullable Integer workingDays, @Nullable Integer times, @Nullable String article) {}

    Profile checked() {
        var faults = new Invalid.Faults();
        var codeText = faults.text("code", code, 40);
        if (!codeText.isEmpty() && !CODE.matcher(codeText).matches())
            faults.add("code", "sharing.profile-code");
        var nameText = faults.text("name", name, 128);
        var english = faults.optionalText("nameEn", nameEn, 200);
        var start = word(faults, "clockStart", clockStart, Profile.ClockStart.class);
        var rule = word(faults, "scopeRule", scopeRule, Profile.ScopeRule.class);
        var accepted = EnumSet.noneOf(BasisKind.class);
        for (var base : bases == null ? List.<@Nullable String>of() : bases)
            word(faults, "bases", base, BasisKind.class).ifPresent(accepted::add);
        if (bases == null || bases.isEmpty()) faults.add("bases", "required");
        var terms = terms(faults);
        if (!terms.containsKey(Limit.ANSWER_CONDITIONAL))
            faults.add("limits.ANSWER_CONDITIONAL", "required");
        faults.refuseIfAny();
        return new Profile(
                0,
                codeText,
                0,
                nameText,
                english,
                verified,
                start.orElseThrow(),
                rule.orElseThrow(),
                negotiation,
                arbitration,
                accepted,
                terms);
    }

    private Map<Limit, Profile.Term> terms(Invalid.Faults faults) {
        var terms = new EnumMap<Limit, Profile.Term>(Limit.class);
        if (limits == null) return terms;
        limits.forEach((key, entry) -> {
            var field = "limits." + key;
            var what = word(faults, field, key, Limit.class);
            if (entry == null) {
                faults.add(field, "required");
                return;
            }
            var days = entry.workingDays();
            if (days != null && (days < 0 || days > DAYS_MAX))
                faults.add(field + ".workingDays", "range", Map.of("min", 0, "max", DAYS_MAX));
            var times = entry.times();
            if (times != null && (times < 1 || times > TIMES_MAX))
                faults.add(field + ".times", "range", Map.of("min", 1, "max", TIMES_MAX));
            var article = faults.text(field + ".article", entry.article(), 200);
            what.ifPresent(it ->
                    terms.put(
                            it,
                            new Profile.Term(
                                    Optional.ofNullable(days),
                                    Optional.ofNullable(times),
                                    article)));
        });
        return terms;
    }

    /** A word of an enum, or a fault that names those there are. */
    static <E extends Enum<E>> Optional<E> word(
            Invalid.Faults faults, String field, @Nullable String text, Class<E> kind) {
        if (text == null || text.isBlank()) {
            faults.add(field, "required");
            return Optional.empty();
        }
        var found =
                Arrays.stream(kind.getEnumConstants())
                        .filter(it -> it.name().equals(text.strip()))
                        .findFirst();
        if (found.isEmpty())
            faults.add(
                    field,
                    "not-one-of",
                    Map.of(
                            "allowed",
                            Arrays.stream(kind.getEnumConstants()).map(Enum::name).toList()));
        return found;
    }
}
