package shuqiao.engine;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One attempt of one run.
 *
 * @param key for the mask hash
 * @param run name of the run, shown to both DBAs; letters, digits, {@code . _ -}, at most 36
 * @param attempt counted from 1; a later attempt ends what an earlier one left
 * @param into how the rows enter a table that stays; empty where the table is to hold the delivery
 *     and nothing else
 * @param verifyFull also read the staging table back and compare its bytes
 */
public record CopyRequest(
        Endpoint source,
        Endpoint target,
        Scope scope,
        HashKey key,
        String targetSchema,
        String targetTable,
        String run,
        Optional<Into> into,
        int attempt,
        boolean verifyFull) {

    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9._-]{1,36}");

    public CopyRequest {
        if (!RUN.matcher(run).matches()) throw new IllegalArgumentException("run " + run);
        if (attempt < 1) throw new IllegalArgumentException("attempt " + attempt);
        PostgresDialect.quoted(targetSchema, targetTable);
    }

    /** A table that is to hold the delivery and nothing else. */
    public CopyRequest(
            Endpoint source,
            Endpoint target,
            Scope scope,
            HashKey key,
            String targetSchema,
            String targetTable,
            String run,
            int attempt,
            boolean verifyFull) {
        this(
                source,
                target,
                scope,
                key,
                targetSchema,
                targetTable,
                run,
                Optional.empty(),
                attempt,
                verifyFull);
    }

    /** For people: {@code schema.table}. */
    String targetLabel() {
        return targetSchema + "." + targetTable;
    }

    Attempt asAttempt() {
        return new Attempt(run, attempt);
    }
}
