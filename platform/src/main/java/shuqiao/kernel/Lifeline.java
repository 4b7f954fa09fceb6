package shuqiao.kernel;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A few connections to the platform's own database for what must go on while requests wait for
 * theirs: leases, the watch for ended grants, the sequencer. Threads of requests never use it, so
 * however many of them hold a connection and get no processor, none of these waits for them.
 */
public final class Lifeline implements AutoCloseable {

    private final HikariDataSource pool;
    private final JdbcClient db;
    private final JdbcTemplate batches;
    private final TransactionTemplate transaction;

    public Lifeline(HikariDataSource pool) {
        this.pool = pool;
        this.batches = new JdbcTemplate(pool);
        this.db = JdbcClient.create(batches);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
    }

    public JdbcClient db() {
        return db;
    }

    /** For batches. */
    public JdbcTemplate batches() {
        return batches;
    }

    public TransactionTemplate transaction() {
        return transaction;
    }

    @Override
    public void close() {
        pool.close();
    }
}
