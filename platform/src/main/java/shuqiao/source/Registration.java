package shuqiao.source;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import shuqiao.engine.DatabaseAddress;
import shuqiao.engine.EngineFailure;
import shuqiao.engine.Limits;
import shuqiao.engine.Tls;
import shuqiao.kernel.EngineRefusal;
import shuqiao.kernel.Invalid;

/**
 * What a form or a program says of a connection, not yet checked. Whatever is left out gets the
 * standard: TLS as the address says or none, 4 connections, no rate limit, no statement timeout, 30
 * s for locks, all day.
 *
 * @param password left out when changing: the present one stays
 * @param allowedFrom {@code HH:mm} of Asia/Shanghai
 * @param revision of the source that was seen before a change; a change that came between is then
 *     told instead of being overwritten
 */
public record Registration(
        @Nullable String name,
        @Nullable String jdbcUrl,
        @Nullable String username,
        @Nullable String password,
        Tls.@Nullable Mode tlsMode,
        @Nullable String caCertificate,
        @Nullable Integer maxConnections,
        @Nullable Double maxMegabytesPerSecond,
        @Nullable Integer statementTimeoutSeconds,
        @Nullable Integer lockTimeoutSeconds,
        @Nullable String allowedFrom,
        @Nullable String allowedUntil,
        @Nullable Integer revision) {

    static final int NAME_MAX = 64;
    static final int PASSWORD_MAX = 1_000;
    static final int CERTIFICATE_MAX = 100_000;
    static final int CONNECTIONS_MAX = 64;
    static final int SECONDS_MAX = 24 * 3600;
    static final double MEGABYTES_MAX = 100_000;

    /** Of a source that is new, or whatever its revision is. */
    public Registration(
            @Nullable String name,
            @Nullable String jdbcUrl,
            @Nullable String username,
            @Nullable String password,
            Tls.@Nullable Mode tlsMode,
            @Nullable String caCertificate,
            @Nullable Integer maxConnections,
            @Nullable Double maxMegabytesPerSecond,
            @Nullable Integer statementTimeoutSeconds,
            @Nullable Integer lockTimeoutSeconds,
            @Nullable String allowedFrom,
            @Nullable String allowedUntil) {
        this(
                name,
                jdbcUrl,
                username,
                password,
                tlsMode,
                caCertificate,
                maxConnections,
                maxMegabytesPerSecond,
                statementTimeoutSeconds,
                lockTimeoutSeconds,
                allowedFrom,
                allowedUntil,
                null);
    }

    /** Says all that is wrong at once; an address of another shape is refused by name. */
    Source checked(
            long id, String organization, Instant createdAt, Instant now, Invalid.Faults faults) {
        var checkedName = faults.text("name", name, NAME_MAX);
        var user = faults.text("username", username, 63);
        if (password != null && password.length() > PASSWORD_MAX)
            faults.add("password", "too-long", Map.of("max", PASSWORD_MAX));
        if (password != null && password.indexOf('\0') >= 0)
            faults.add("password", "null-character");
        var address = address(faults);
        var certificate = faults.optionalText("caCertificate", caCertificate, CERTIFICATE_MAX);
        var tls = tls(address, certificate, faults);
        within("maxConnections", maxConnections, 1, CONNECTIONS_MAX, faults);
        within("statementTimeoutSeconds", statementTimeoutSeconds, 0, SECONDS_MAX, faults);
        within("lockTimeoutSeconds", lockTimeoutSeconds, 1, SECONDS_MAX, faults);
        if (maxMegabytesPerSecond != null
                && !(maxMegabytesPerSecond >= 0.001 && maxMegabytesPerSecond <= MEGABYTES_MAX))
            faults.add(
                    "maxMegabytesPerSecond",
                    "range",
                    Map.of("min", 0.001, "max", (int) MEGABYTES_MAX));
        var hours = hours(faults);
        faults.refuseIfAny();
        return new Source(
                id,
                organization,
                checkedName,
                Objects.requireNonNull(address),
                user,
                Objects.requireNonNull(tls),
                limits(),
                hours,
                createdAt,
                now,
                1);
    }

    boolean hasPassword() {
        return password != null && !password.isEmpty();
    }

    private Limits limits() {
        var standard = Limits.standard();
        return new Limits(
                maxConnections == null ? standard.maxConnections() : maxConnections,
                maxMegabytesPerSecond == null
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(maxMegabytesPerSecond),
                statementTimeoutSeconds == null
                        ? standard.statementTimeout()
                        : Duration.ofSeconds(statementTimeoutSeconds),
                lockTimeoutSeconds == null
                        ? standard.lockTimeout()
                        : Duration.ofSeconds(lockTimeoutSeconds),
                standard.connectTimeout());
    }

    private @Nullable DatabaseAddress address(Invalid.Faults faults) {
        var url = faults.text("jdbcUrl", jdbcUrl, 500);
        if (url.isEmpty()) return null;
        try {
            return DatabaseAddress.parse(url);
        } catch (EngineFailure wrong) {
            addAll(EngineRefusal.of(wrong), faults);
            return null;
        }
    }

    private @Nullable Tls tls(
            @Nullable DatabaseAddress address, String certificate, Invalid.Faults faults) {
        var inAddress = address == null ? Optional.<Tls.Mode>empty() : address.tls();
        var mode = tlsMode == null ? inAddress.orElse(Tls.Mode.DISABLE) : tlsMode;
        if (tlsMode != null && inAddress.filter(asked -> asked != tlsMode).isPresent())
            faults.add("tlsMode", "source.tls-twice");
        try {
            return new Tls(
                    mode, certificate.isEmpty() ? Optional.empty() : Optional.of(certificate));
        } catch (EngineFailure wrong) {
            addAll(EngineRefusal.of(wrong), faults);
            return null;
        }
    }

    private Optional<AllowedHours> hours(Invalid.Faults faults) {
        var from = time("allowedFrom", allowedFrom, faults);
        var until = time("allowedUntil", allowedUntil, faults);
        if (from == null && until != null) faults.add("allowedFrom", "required");
        if (until == null && from != null) faults.add("allowedUntil", "required");
        return from == null || until == null
                ? Optional.empty()
                : Optional.of(new AllowedHours(from, until));
    }

    private static @Nullable LocalTime time(
            String field, @Nullable String text, Invalid.Faults faults) {
        if (text == null || text.isBlank()) return null;
        try {
            return LocalTime.parse(text.strip());
        } catch (DateTimeParseException _) {
            faults.add(field, "source.time");
            return null;
        }
    }

    private static void within(
            String field, @Nullable Integer value, int min, int max, Invalid.Faults faults) {
        if (value != null && (value < min || value > max))
            faults.add(field, "range", Map.of("min", min, "max", max));
    }

    private static void addAll(EngineRefusal refusal, Invalid.Faults faults) {
        refusal.faults().forEach(fault -> faults.add(fault.field(), fault.key(), fault.facts()));
    }

    /** Never the password. */
    @Override
    public String toString() {
        return "Registration[name=%s, jdbcUrl=…, username=%s]".formatted(name, username);
    }
}
