package shuqiao.engine.embedded;

import java.util.Map;
import java.util.OptionalInt;

/**
 * What a caller may choose about the embedded server.
 *
 * @param preferredPort taken at the first start of a home when it is free
 * @param durable false only for scratch servers in tests: no fsync
 * @param settings further lines of the configuration, after ours
 */
public record PostgresOptions(
        OptionalInt preferredPort, boolean durable, Map<String, String> settings) {

    public PostgresOptions {
        settings = Map.copyOf(settings);
        for (var name : settings.keySet())
            if (!name.matches("[a-z_.0-9]+"))
                throw new IllegalArgumentException("not a setting: " + name);
    }

    /** Durable, any free port. */
    public static PostgresOptions standard() {
        return new PostgresOptions(OptionalInt.empty(), true, Map.of());
    }

    /** Configuration file, whole. Errors are logged without values: a log holds no row. */
    String configuration(int port) {
        var text =
                new StringBuilder(
                        """
                        # Written at every start; put your own settings into local.conf, they come after these.
                        listen_addresses = '127.0.0.1'
                        unix_socket_directories = ''
                        shared_preload_libraries = 'pg_stat_statements'
                        wal_level = logical
                        max_connections = 200
                        max_wal_senders = 20
                        max_replication_slots = 20
                        max_slot_wal_keep_size = 8GB
                        shared_buffers = 384MB
                        effective_cache_size = 2GB
                        work_mem = 16MB
                        maintenance_work_mem = 256MB
                        max_wal_size = 4GB
                        min_wal_size = 256MB
                        checkpoint_timeout = 10min
                        jit = off
                        password_encryption = scram-sha-256
                        log_timezone = 'UTC'
                        log_line_prefix = '%m [%p] %q%u@%d %a '
                        log_error_verbosity = terse
                        log_min_error_statement = panic
                        log_parameter_max_length = 0
                        log_parameter_max_length_on_error = 0
                        """);
        line(text, "port", String.valueOf(port));
        if (!durable) {
            line(text, "fsync", "off");
            line(text, "synchronous_commit", "off");
            line(text, "full_page_writes", "off");
        }
        settings.forEach((name, value) -> line(text, name, value));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(" = '").append(value.replace("'", "''")).append("'\n");
    }
}
