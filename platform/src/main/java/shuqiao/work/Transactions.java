package shuqiao.work;

import java.util.ArrayDeque;
import java.util.Deque;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Transactions after which something can be done when their connection is given back. What Spring
 * calls after the commit still holds it: a second transaction there needs a second connection, and
 * as many requests as the pool has connections would wait for each other.
 */
@Component("transactionManager")
class Transactions extends JdbcTransactionManager {

    private static final long serialVersionUID = 1;

    private static final ThreadLocal<@Nullable Deque<Runnable>> DUE = new ThreadLocal<>();

    Transactions(DataSource dataSource) {
        super(dataSource);
    }

    /** Runs it on this thread after the transaction that is open now has committed. */
    static void afterwards(Runnable work) {
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        var due = DUE.get();
                        if (due == null) DUE.set(due = new ArrayDeque<>());
                        due.add(work);
                    }
                });
    }

    @Override
    protected void doCleanupAfterCompletion(Object transaction) {
        super.doCleanupAfterCompletion(transaction);
        var due = DUE.get();
        if (due == null) return;
        DUE.remove();
        due.forEach(Runnable::run);
    }
}
