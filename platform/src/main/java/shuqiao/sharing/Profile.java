package shuqiao.sharing;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rules a city shares by, one version of them.
 *
 * @param verified false while its numbers still have to be compared with the text of the law (待核)
 * @param bases kinds of basis that a refusal may cite
 */
public record Profile(
        long id,
        String code,
        int version,
        String name,
        String nameEn,
        boolean verified,
        ClockStart clockStart,
        ScopeRule scopeRule,
        boolean negotiation,
        boolean arbitration,
        Set<BasisKind> bases,
        Map<Limit, Term> limits) {

    /** Which event starts the clock of the answer. */
    public enum ClockStart {
        SENT,
        ACCEPTED
    }

    /** Whether a department named in the sharing range (共享范围) still has to apply. */
    public enum ScopeRule {
        /** As in Panjin: it receives directly. */
        DIRECT_WITHIN_SCOPE,
        /** As in Huludao: it applies like everybody. */
        APPLY_ALWAYS
    }

    /**
     * @param workingDays empty when the rule names no number
     * @param times how often it may be used; once where the rule names no number
     * @param article where it stands
     */
    public record Term(Optional<Integer> workingDays, Optional<Integer> times, String article) {}

    public Profile {
        var sorted = EnumSet.noneOf(BasisKind.class);
        sorted.addAll(bases);
        bases = java.util.Collections.unmodifiableSet(sorted);
        var ordered = new EnumMap<Limit, Term>(Limit.class);
        ordered.putAll(limits);
        limits = java.util.Collections.unmodifiableMap(ordered);
    }

    public Optional<Term> limit(Limit what) {
        return Optional.ofNullable(limits.get(what));
    }

    /** Where it stands; the name of the profile where the rule has no article of its own. */
    public String article(Limit what) {
        return limit(what).map(Term::article).orElse(name);
    }

    /** Code and version, as people and documents cite it. */
    public String label() {
        return code + " v" + version;
    }
}
