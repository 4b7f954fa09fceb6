package shuqiao.engine;

import java.util.List;

/** What a DBA has set for our account: by the role, by the database or for all. */
final class RoleLimits {

    /**
     * What holds in a new session of the role, whatever ours is set to; those without effect apart.
     */
    private static final String SETTINGS =
            """
            select s.name, s.reset_val, coalesce(s.unit, '') from pg_settings s
            where s.name in ('statement_timeout', 'transaction_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'idle_session_timeout', 'temp_file_limit')
              and s.reset_val not in ('0', '-1')
            union all
            select 'connection limit', r.rolconnlimit::text, '' from pg_roles r where r.rolname = current_user and r.rolconnlimit >= 0
            order by 1
            """;

    private static final long[] TIME_STEPS = {1_000, 60, 60, 24};
    private static final String[] TIMES = {"ms", "s", "min", "h", "d"};
    private static final long[] SIZE_STEPS = {1_024, 1_024, 1_024};
    private static final String[] SIZES = {"kB", "MB", "GB", "TB"};

    private RoleLimits() {}

    static List<Database.Limit> of(WireConnection session) {
        return session.query(SETTINGS).stream()
                .map(row ->
                        new Database.Limit(
                                Shown.line(row.text(0)), written(row.number(1), row.text(2))))
                .toList();
    }

    /** In the largest unit that has no rest. */
    static String written(long number, String unit) {
        return switch (unit) {
            case "ms" -> written(number, TIMES, TIME_STEPS);
            case "kB" -> written(number, SIZES, SIZE_STEPS);
            default -> String.valueOf(number);
        };
    }

    private static String written(long number, String[] units, long[] steps) {
        var left = number;
        var at = 0;
        while (at < steps.length && left != 0 && left % steps[at] == 0) left /= steps[at++];
        return left + units[at];
    }
}
