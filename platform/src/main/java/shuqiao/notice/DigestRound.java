package shuqiao.notice;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Recurring;

/** Puts one digest a day into the queue for each who wants one, while people may be reached. */
@Component
class DigestRound implements Recurring {

    private final MailTable table;
    private final MailServerTable servers;
    private final Delivery delivery;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    DigestRound(
            MailTable table,
            MailServerTable servers,
            Delivery delivery,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.table = table;
        this.servers = servers;
        this.delivery = delivery;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "digests";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(30);
    }

    @Override
    public boolean turn() {
        var now = clock.instant();
        if (!servers.enabled() || !delivery.open(now)) return false;
        transaction.executeWithoutResult(
                _ -> table.digests(LocalDate.ofInstant(now, Clock.ZONE), now));
        return false;
    }
}
