package shuqiao.sharing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import shuqiao.engine.Scope;
import shuqiao.kernel.Clock;

/**
 * What a decision gave: never changed, only ended.
 *
 * @param number document number, SY-2026-00001
 * @param version of the resource that was granted
 * @param source connection of the provider's database
 * @param scope fields, rows, masks, purpose and term, as every rail obeys them
 * @param from first day, Asia/Shanghai
 * @param until last day, to its end
 * @param watermark files delivered under it say who got them
 */
public record Grant(
        long id,
        String number,
        long request,
        Rule rule,
        long resource,
        String code,
        int version,
        String title,
        String provider,
        String consumer,
        long source,
        Ask.Mode mode,
        Scope scope,
        String digest,
        LocalDate from,
        LocalDate until,
        Instant issuedAt,
        boolean watermark,
        Optional<End> end) {

    /** By what it came to be. */
    public enum Rule {
        UNCONDITIONAL,
        DIRECT_WITHIN_SCOPE,
        DECISION,
        ARBITRATION
    }

    /** Ended before its day, by one of the two sides or the authority. */
    public record End(Optional<String> organization, String by, String reason, Instant at) {}

    /** How it stands at an instant. */
    public sealed interface Standing {
        record NotYet(Instant from) implements Standing {}

        record Effective() implements Standing {}

        record Expired(Instant since) implements Standing {}

        record Revoked(Instant since, String reason) implements Standing {}
    }

    public Standing standing(Instant at) {
        var begins = from.atStartOfDay(Clock.ZONE).toInstant();
        var expires = until.plusDays(1).atStartOfDay(Clock.ZONE).toInstant();
        if (end.isPresent()) return new Standing.Revoked(end.get().at(), end.get().reason());
        if (at.isBefore(begins)) return new Standing.NotYet(begins);
        if (!at.isBefore(expires)) return new Standing.Expired(expires);
        return new Standing.Effective();
    }

    /** Whether rows may flow under it at that instant. */
    public boolean effective(Instant at) {
        return switch (standing(at)) {
            case Standing.Effective() -> true;
            case Standing.NotYet(_), Standing.Expired(_), Standing.Revoked(_, _) -> false;
        };
    }
}
