package shuqiao.engine;

import java.util.List;

/**
 * Every way in which the engine refuses or fails. The key is stable: it is the translation key of
 * the sentence and part of the problem's address; the arguments are the names that the sentence may
 * use.
 */
public enum Reason {
    INVALID_ADDRESS("invalid-address", false, "detail"),
    PARAMETER_REFUSED("parameter-refused", false, "parameter"),
    NAME_TOO_LONG("name-too-long", false, "name"),
    UNKNOWN_FIELD("unknown-field", false, "field"),
    INVALID_FILTER("invalid-filter", false, "field", "problem", "detail"),
    INVALID_MASK("invalid-mask", false, "field", "problem", "detail"),
    TYPE_NOT_CARRIED("type-not-carried", false, "field", "type"),
    LARGE_OBJECT("large-object", false, "table", "field"),

    ADDRESS_NOT_ALLOWED("address-not-allowed", false, "side"),
    UNREACHABLE("unreachable", true, "side", "host", "port", "detail"),
    TLS_FAILED("tls-failed", false, "side", "host", "port", "detail"),
    PASSWORD_REFUSED("password-refused", false, "side", "user"),
    LOGIN_NOT_LET_IN("login-not-let-in", false, "side", "user", "database", "detail"),
    LOGIN_NEEDS_TLS("login-needs-tls", false, "side", "user", "database", "detail"),
    LOGIN_FORBIDDEN("login-forbidden", false, "side", "user", "detail"),
    LOGIN_NOT_BY_PASSWORD("login-not-by-password", false, "side", "user", "detail"),
    LOGIN_REFUSED("login-refused", false, "side", "user", "database", "detail"),
    LOGIN_UNPROTECTED("login-unprotected", false, "side", "method"),
    LOGIN_NOT_KNOWN("login-not-known", false, "side", "method"),
    LOGIN_OF_OPENGAUSS("login-of-opengauss", false, "side"),
    LOGIN_ROUNDS("login-rounds", false, "side", "rounds", "min", "max"),
    SERVER_NOT_PROVEN("server-not-proven", false, "side"),
    NOT_POSTGRESQL("not-postgresql", false, "side", "host", "port", "product"),
    SERVER_TOO_OLD("server-too-old", false, "side", "version", "least"),
    DATABASE_GONE("database-gone", false, "side", "database"),
    TOO_MANY_CONNECTIONS("too-many-connections", true, "side"),
    CONNECTION_CUT("connection-cut", true, "side", "detail"),
    LINE_STALLED("line-stalled", true, "side", "seconds"),
    TRANSACTION_POOLER("transaction-pooler", false, "side", "host", "port"),
    STRANGE_ANSWER("strange-answer", false, "side", "detail"),
    ANSWER_TOO_LARGE("answer-too-large", false, "side", "rows", "megabytes"),
    ANSWER_TOO_SLOW("answer-too-slow", true, "side", "seconds"),
    PERMISSION_DENIED("permission-denied", false, "side", "detail"),
    COLUMN_NOT_GRANTED("column-not-granted", false, "table", "field", "user"),
    ROW_SECURITY("row-security", false, "side", "table"),
    SESSION_LIMIT("session-limit", false, "side", "limit"),

    TABLE_VANISHED("table-vanished", false, "side", "table"),
    COLUMN_LOST("column-lost", false, "table", "field"),
    TYPE_CHANGED("type-changed", false, "table", "field", "was", "now"),

    SOURCE_REWRITTEN("source-rewritten", true, "table"),
    SOURCE_KEY_REPEATED("source-key-repeated", false, "table", "key"),
    SOURCE_WRITES("source-writes", false, "detail"),
    SOURCE_NULL("source-null", false, "table", "field"),
    SOURCE_ENCODING("source-encoding", false, "table", "field", "rows"),
    FOREIGN_SERVER_AWAY("foreign-server-away", false, "side", "sqlstate", "detail"),
    STANDBY_CONFLICT("standby-conflict", true, "side"),

    TARGET_SCHEMA_MISSING("target-schema-missing", false, "schema"),
    TARGET_NAME_TAKEN("target-name-taken", false, "table"),
    SYSTEM_COLUMN_NAME("system-column-name", false, "field"),
    TARGET_ENCODING("target-encoding", false, "field", "characters", "rows", "encoding"),
    TARGET_ENCODING_NAME("target-encoding-name", false, "field", "characters", "encoding"),
    TARGET_NOT_A_TABLE("target-not-a-table", false, "table"),
    TARGET_DIFFERS("target-differs", false, "table", "difference", "field", "expected", "found"),
    TARGET_ROW_SECURITY("target-row-security", false, "table"),
    TARGET_REPLICA_IDENTITY("target-replica-identity", false, "table", "publication"),
    TARGET_PUBLISHED("target-published", false, "table", "publication"),
    TARGET_REFERENCED("target-referenced", false, "table", "child", "constraint", "rows"),
    TARGET_UNIQUE("target-unique", false, "table", "constraint"),
    TARGET_BENT("target-bent", false, "table", "objects", "sent", "stored"),
    TARGET_KEY_MISSING("target-key-missing", false, "table", "key"),
    TARGET_KEY_COLLATION("target-key-collation", false, "table", "key", "collation", "rows"),
    KEY_REPEATED("key-repeated", false, "key", "rows"),
    VALUE_TOO_LONG("value-too-long", false, "field", "most", "rows"),
    TARGET_READ_ONLY("target-read-only", false, "detail"),
    TARGET_BUSY("target-busy", true, "table", "pid", "application"),
    DISK_FULL("disk-full", false, "side", "detail"),
    LOCK_NOT_OBTAINED("lock-not-obtained", true, "side", "table", "pid", "application"),
    STATEMENT_TIMEOUT("statement-timeout", false, "side"),
    STATEMENT_STOPPED("statement-stopped", false, "side"),
    ROW_COUNT_MISMATCH("row-count-mismatch", true, "sent", "source", "target"),
    CONTENT_MISMATCH("content-mismatch", true, "sent", "stored"),
    ROW_TOO_LONG("row-too-long", false, "row", "max"),
    CELL_TOO_LONG("cell-too-long", false, "field"),
    VALUE_NOT_CARRIED("value-not-carried", false, "field", "value"),
    FILE_TOO_LARGE("file-too-large", false, "max"),
    FILE_DISK_FULL("file-disk-full", true),
    FILE_NOT_WRITTEN("file-not-written", true, "detail"),
    CANCELLED("cancelled", false),
    FENCED("fenced", false),
    VALUE_REFUSED("value-refused", false, "side", "sqlstate", "detail"),
    NULL_REFUSED("null-refused", false, "side", "table", "field"),
    ROW_REFUSED("row-refused", false, "side", "sqlstate", "detail", "table", "constraint"),
    CODE_FAILED("code-failed", false, "side", "sqlstate", "detail"),
    NAME_NOT_FOUND("name-not-found", false, "side", "sqlstate", "detail"),
    NOT_SUPPORTED("not-supported", false, "side", "sqlstate", "detail"),
    SERVER_FULL("server-full", false, "side", "sqlstate", "detail"),
    SERVER_LIMIT("server-limit", false, "side", "sqlstate", "detail"),
    OBJECT_NOT_READY("object-not-ready", false, "side", "sqlstate", "detail"),
    SERVER_DAMAGED("server-damaged", false, "side", "sqlstate", "detail"),
    DATABASE_ERROR("database-error", false, "side", "sqlstate", "detail"),
    TRY_AGAIN("try-again", true, "side", "sqlstate", "detail");

    private final String key;
    private final boolean passing;
    private final List<String> arguments;

    Reason(String key, boolean passing, String... arguments) {
        this.key = key;
        this.passing = passing;
        this.arguments = List.of(arguments);
    }

    /** Stable, kebab-case. */
    public String key() {
        return key;
    }

    /** True when the same run may succeed later without anybody's doing. */
    public boolean isTransient() {
        return passing;
    }

    /** Names of the arguments that {@link EngineFailure#arguments} may hold. */
    public List<String> arguments() {
        return arguments;
    }
}
