package shuqiao.engine;

import java.time.Duration;

/** What one session may take: the limits of the endpoint, or stricter ones of our role there. */
final class SessionLimits {

    /** Ours alone: nothing that a function of the department could tell a difference by. */
    private static final String SETTINGS =
            "set search_path = ''; set client_min_messages = 'warning'; set synchronize_seqscans = off";

    /** Sets our limits where the role has no stricter ones; answers the role's, in ms. */
    private static final String LIMITS =
            """
            select own.locks, own.statements,
              case when $1::int8 > 0 and (own.statements = 0 or own.statements > $1::int8) then set_config('statement_timeout', $1::int8::text, false) end,
              case when $2::int8 > 0 and (own.locks = 0 or own.locks > $2::int8) then set_config('lock_timeout', $2::int8::text, false) end
            from (select (extract(epoch from current_setting('statement_timeout')::interval) * 1000)::int8 as statements,
              (extract(epoch from current_setting('lock_timeout')::interval) * 1000)::int8 as locks) own
            """;

    private final WireConnection session;
    private long lockTimeout;
    private long statementTimeout;

    SessionLimits(WireConnection session) {
        this.session = session;
    }

    /**
     * Nothing is set before it is known that the session is ours alone. A stricter limit that the
     * role has of its own stays.
     */
    void settle(Limits limits) {
        session.boundBy(StatementLimit.NONE);
        session.run(SETTINGS);
        lockTimeout = limits.lockTimeout().toMillis();
        statementTimeout = limits.statementTimeout().toMillis();
        if (statementTimeout > 0) session.boundBy(StatementLimit.OURS);
        var own =
                session.one(LIMITS, String.valueOf(statementTimeout), String.valueOf(lockTimeout));
        if (isStricter(own.number(0), lockTimeout)) lockTimeout = own.number(0);
        if (!isStricter(own.number(1), statementTimeout)) return;
        statementTimeout = own.number(1);
        session.boundBy(StatementLimit.ROLE);
    }

    /** Milliseconds, 0 for no end. */
    private static boolean isStricter(long limit, long other) {
        return limit > 0 && (other == 0 || limit < other);
    }

    /**
     * Inside a transaction of a session that is opened for quick questions only: no statement takes
     * longer, nor than the endpoint and the role allow.
     */
    void bound(Duration patience) {
        if (!isStricter(patience.toMillis(), statementTimeout)) return;
        session.run("set local statement_timeout = " + patience.toMillis());
        session.boundBy(StatementLimit.OURS);
    }

    /**
     * What the endpoint and the role allow us to wait for a lock, in milliseconds; 0 for no end.
     */
    long lockTimeout() {
        return lockTimeout;
    }
}
