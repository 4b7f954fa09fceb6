package shuqiao.ledger;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.web.util.UriComponentsBuilder;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Invalid;

/**
 * What an auditor typed; empty parts match all.
 *
 * @param from first day, in the zone of all pages
 * @param until last day, all of it
 * @param object what the act was about, or {@code name=value}
 */
record AuditFilter(String from, String until, String kind, String actor, String object) {

    AuditFilter {
        from = from.strip();
        until = until.strip();
        kind = kind.strip();
        actor = actor.strip();
        object = object.strip();
    }

    static final AuditFilter NONE = new AuditFilter("", "", "", "", "");

    public boolean any() {
        return !equals(NONE);
    }

    LedgerEntry.Query query() {
        var faults = new Invalid.Faults();
        var first = day("from", from, faults);
        var last = day("until", until, faults);
        if (first.isPresent() && last.isPresent() && last.get().isBefore(first.get()))
            faults.add("until", "audit.upside-down");
        faults.refuseIfAny();
        return new LedgerEntry.Query(
                given(kind),
                given(actor),
                Optional.empty(),
                given(object),
                first.map(AuditFilter::start),
                last.map(day -> start(day.plusDays(1))));
    }

    /** This filter as an address. */
    public String at(String path) {
        return UriComponentsBuilder.fromPath(path)
                .queryParam("from", "{from}")
                .queryParam("until", "{until}")
                .queryParam("kind", "{kind}")
                .queryParam("actor", "{actor}")
                .queryParam("object", "{object}")
                .encode()
                .buildAndExpand(from, until, kind, actor, object)
                .toUriString();
    }

    private static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text.replace("\0", ""));
    }

    private static Optional<LocalDate> day(String field, String text, Invalid.Faults faults) {
        if (text.isEmpty()) return Optional.empty();
        try {
            var day = Clock.day(text);
            if (day.getYear() < 2000 || day.getYear() > 2199)
                throw new DateTimeException("far away");
            return Optional.of(day);
        } catch (DateTimeException _) {
            faults.add(field, "date");
            return Optional.empty();
        }
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(Clock.ZONE).toInstant();
    }
}
