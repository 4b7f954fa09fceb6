package shuqiao.exchange;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shuqiao.engine.FileFormat;
import shuqiao.engine.Into;
import shuqiao.engine.Reading;

/**
 * One delivery of a grant, into a table of the consumer or into a file.
 *
 * @param id opaque, shown to both DBAs in the application name of our sessions
 * @param number document number, JH-2026-000001
 * @param attempt counted from 1 when a worker takes the run; a later one follows a failure or a
 *     crash
 * @param reading by how many sessions the source is read; null before that is known, and for files
 * @param rowEstimate by the provider's statistics when it was asked for; null when unknown
 */
public record Run(
        String id,
        long sequence,
        String number,
        long grant,
        long resource,
        String code,
        int version,
        String title,
        String provider,
        String consumer,
        long source,
        Target target,
        boolean verifyFull,
        String askedBy,
        Instant askedAt,
        @Nullable Long rowEstimate,
        int attempt,
        int failures,
        @Nullable Reading reading,
        State state) {

    /** Where the rows go. */
    public sealed interface Target {

        /**
         * @param source connection of the consumer's database
         * @param into how the rows enter a table that stays; null where the delivery replaces it
         */
        record Table(long source, String schema, String table, @Nullable Into into)
                implements Target {
            public String label() {
                return schema + "." + table;
            }
        }

        /**
         * @param guarded in CSV, an apostrophe before texts that a spreadsheet would take for a
         *     formula
         */
        record File(FileFormat format, boolean guarded) implements Target {}
    }

    /** Where a run stands; each carries only what is true in it. */
    public sealed interface State {

        /**
         * @param waitsFor why it does not start: its turn, the allowed hours, the next try
         */
        record Queued(Instant notBefore, @Nullable Waiting waitsFor, @Nullable Failure last)
                implements State {}

        record Running(Instant since, String phase, long rows, long bytes) implements State {}

        record Delivered(
                Instant since,
                Instant at,
                long rows,
                long bytes,
                @Nullable String swapMethod,
                List<String> notes)
                implements State {}

        record Failed(Instant at, Failure why) implements State {}

        record Cancelled(Instant at, String by, String reason) implements State {}

        /**
         * Taken up again after a newer run had delivered: it would have put older content over
         * newer.
         */
        record Superseded(Instant at) implements State {}
    }

    /** What a queued run waits for. */
    public enum Waiting {
        TURN,
        HOURS,
        CONNECTIONS,
        RETRY,
        /** Whether an earlier attempt was committed at the target, which does not answer. */
        ANSWER
    }

    /** Why it failed, in both languages, with the stable key. */
    public record Failure(String key, String zh, String en) {
        String in(java.util.Locale locale) {
            return locale.getLanguage().equals("en") ? en : zh;
        }
    }

    /** The word of the rail, as receipts have it. */
    public String rail() {
        return switch (target) {
            case Target.Table _ -> "exchange";
            case Target.File _ -> "file";
        };
    }

    /** For pages: {@code schema.table}, or nothing. */
    public @Nullable String table() {
        return target instanceof Target.Table table ? table.label() : null;
    }

    /** For pages: the format of the file, or nothing. */
    public @Nullable FileFormat format() {
        return target instanceof Target.File file ? file.format() : null;
    }

    /** The word of the state, as the API and the table have it. */
    public String stateName() {
        return switch (state) {
            case State.Queued _ -> "QUEUED";
            case State.Running _ -> "RUNNING";
            case State.Delivered _ -> "DELIVERED";
            case State.Failed _ -> "FAILED";
            case State.Cancelled _ -> "CANCELLED";
            case State.Superseded _ -> "SUPERSEDED";
        };
    }

    /** How the rows enter a table that stays; null for others. */
    public @Nullable Into into() {
        return target instanceof Target.Table it ? it.into() : null;
    }

    public boolean isOver() {
        return switch (state) {
            case State.Queued _, State.Running _ -> false;
            case State.Delivered _, State.Failed _, State.Cancelled _, State.Superseded _ -> true;
        };
    }
}
