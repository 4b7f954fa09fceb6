package shuqiao.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import shuqiao.engine.FileFormat;
import shuqiao.engine.Into;
import shuqiao.engine.Reading;
import shuqiao.mapping.Mapping;

/** Reads a row of {@code exchange.run} into the state that it is in. */
final class RunRow {

    private RunRow() {}

    static Run read(ResultSet rs, int number) throws SQLException {
        return new Run(
                rs.getString("id"),
                rs.getLong("sequence"),
                rs.getString("number"),
                rs.getLong("grant_id"),
                rs.getLong("resource"),
                rs.getString("code"),
                rs.getInt("version"),
                rs.getString("title"),
                rs.getString("provider"),
                rs.getString("consumer"),
                rs.getLong("source"),
                target(rs),
                rs.getBoolean("verify_full"),
                rs.getString("asked_by"),
                at(rs, "asked_at"),
                rs.getObject("row_estimate", Long.class),
                rs.getInt("attempt"),
                rs.getInt("failures"),
                reading(rs),
                state(rs));
    }

    private static @Nullable Reading reading(ResultSet rs) throws SQLException {
        var word = rs.getString("reading");
        return word == null ? null : Reading.valueOf(word);
    }

    private static Run.Target target(ResultSet rs) throws SQLException {
        return rs.getString("rail").equals("FILE")
                ? new Run.Target.File(
                        FileFormat.valueOf(rs.getString("format")), rs.getBoolean("guarded"))
                : new Run.Target.Table(
                        rs.getLong("target"),
                        rs.getString("target_schema"),
                        rs.getString("target_table"),
                        into(rs));
    }

    private static @Nullable Into into(ResultSet rs) throws SQLException {
        var rule = rs.getString("into_rule");
        return rule == null ? null : Mapping.read(rule);
    }

    private static Run.State state(ResultSet rs) throws SQLException {
        var state = rs.getString("state");
        return switch (state) {
            case "QUEUED" -> new Run.State.Queued(at(rs, "not_before"), waiting(rs), failure(rs));
            case "RUNNING" ->
                    new Run.State.Running(
                            at(rs, "started_at"),
                            Objects.requireNonNullElse(rs.getString("phase"), "CONNECTING"),
                            rs.getLong("rows"),
                            rs.getLong("bytes"));
            case "DELIVERED" ->
                    new Run.State.Delivered(
                            at(rs, "started_at"),
                            at(rs, "finished_at"),
                            rs.getLong("rows"),
                            rs.getLong("bytes"),
                            rs.getString("swap_method"),
                            List.of((String[]) rs.getArray("notes").getArray()));
            case "FAILED" ->
                    new Run.State.Failed(
                            at(rs, "finished_at"), Objects.requireNonNull(failure(rs)));
            case "CANCELLED" ->
                    new Run.State.Cancelled(
                            at(rs, "finished_at"),
                            rs.getString("cancel_by"),
                            Objects.requireNonNullElse(rs.getString("cancel_reason"), ""));
            case "SUPERSEDED" -> new Run.State.Superseded(at(rs, "finished_at"));
            default -> throw new IllegalStateException("state " + state);
        };
    }

    private static Run.@Nullable Waiting waiting(ResultSet rs) throws SQLException {
        var word = rs.getString("waits_for");
        return word == null ? null : Run.Waiting.valueOf(word);
    }

    private static Run.@Nullable Failure failure(ResultSet rs) throws SQLException {
        var key = rs.getString("failure_key");
        return key == null
                ? null
                : new Run.Failure(key, rs.getString("failure_zh"), rs.getString("failure_en"));
    }

    static Instant at(ResultSet rs, String column) throws SQLException {
        return rs.getObject(column, OffsetDateTime.class).toInstant();
    }
}
