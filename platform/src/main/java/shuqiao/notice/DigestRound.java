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
record DigestRound(
        MailTable table,
        MailServerTable servers,
        Delivery delivery,
        TransactionTemplate transaction,
        InstantSource clock)
        implements Recurring {

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
