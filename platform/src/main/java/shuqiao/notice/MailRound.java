package shuqiao.notice;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.identity.People;
import shuqiao.kernel.BaseUrl;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Outage;
import shuqiao.kernel.Recurring;
import shuqiao.shell.SiteSettings;

/**
 * Sends what the queue holds, one letter after the other, while people may be reached. A letter is
 * leased, sent outside of any transaction, then ended; one that a dying platform held is sent by
 * the next, at worst twice.
 */
@Component
record MailRound(
        MailTable table,
        MailServerTable servers,
        WishTable wishes,
        NoticeTable notices,
        Sentences sentences,
        Delivery delivery,
        Postman postman,
        People people,
        SiteSettings site,
        BaseUrl baseUrl,
        MessageSource messages,
        TransactionTemplate transaction,
        InstantSource clock)
        implements Recurring {

    static final int ATTEMPTS_MAX = 10;

    private static final Logger LOG = LoggerFactory.getLogger(MailRound.class);
    private static final String GAP = "\n".repeat(2);
    private static final Duration LEASE = Duration.ofMinutes(3);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(4);

    @Override
    public String kind() {
        return "letters";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(5);
    }

    @Override
    public boolean turn() {
        if (!servers.enabled() || !delivery.open(clock.instant())) return false;
        var now = clock.instant();
        var leased = transaction.execute(_ -> table.lease(now, LEASE));
        if (leased == null || leased.isEmpty()) return false;
        var server = servers.find().filter(MailServer::enabled);
        if (server.isEmpty()) return false;
        try {
            deliver(server.get(), leased.get());
        } catch (RuntimeException broke) {
            if (Outage.isBehind(broke)) throw broke;
            notDelivered(leased.get(), broke);
        }
        return true;
    }

    private void deliver(MailServer server, Mail mail) {
        var letter = letter(mail);
        if (letter.isEmpty()) {
            table.end(mail.id(), Mail.State.DROPPED, "", clock.instant());
            return;
        }
        try {
            var name = site.in(letter.get().locale()).name();
            postman.send(server, name, letter.get());
            table.end(mail.id(), Mail.State.SENT, "", clock.instant());
        } catch (NotSent failed) {
            LOG.info(
                    "mail {} was not taken, attempt {}: {}",
                    mail.id(),
                    mail.attempts(),
                    failed.getMessage());
            var fault = String.valueOf(failed.getMessage());
            if (failed.forGood() || mail.attempts() >= ATTEMPTS_MAX)
                table.end(mail.id(), Mail.State.FAILED, fault, clock.instant());
            else table.later(mail.id(), fault, clock.instant().plus(pause(mail.attempts())));
        }
    }

    /** A letter that we cannot write is put back like one that is not taken. */
    private void notDelivered(Mail mail, RuntimeException broke) {
        LOG.error("mail {} broke, attempt {}", mail.id(), mail.attempts(), broke);
        var fault = NotSent.Why.BROKE + " " + broke.getClass().getSimpleName();
        if (mail.attempts() >= ATTEMPTS_MAX)
            table.end(mail.id(), Mail.State.FAILED, fault, clock.instant());
        else table.later(mail.id(), fault, clock.instant().plus(pause(mail.attempts())));
    }

    /** One minute, then twice as long each time. */
    static Duration pause(int attempts) {
        var pause = Duration.ofMinutes(1L << Math.min(attempts - 1, 20));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /** Empty when nobody wants it any more, or all of it was read in page. */
    private Optional<Letter> letter(Mail mail) {
        var wish =
                wishes.find(mail.receiver())
                        .filter(it -> it.mail() != Wish.How.NONE && !it.address().isEmpty());
        var person = people.find(mail.receiver()).filter(it -> !it.disabled());
        var told =
                mail.notices().stream()
                        .flatMap(id -> notices.find(mail.receiver(), id).stream())
                        .filter(it -> it.readAt().isEmpty())
                        .toList();
        if (wish.isEmpty() || person.isEmpty() || told.isEmpty()) return Optional.empty();
        return Optional.of(write(wish.get(), person.get().name(), told));
    }

    private Letter write(Wish wish, String name, List<Told> told) {
        var locale = wish.locale();
        var text = new StringBuilder();
        text.append(say("mail.greeting", Map.of("name", name), locale)).append(GAP);
        if (told.size() > 1)
            text.append(say("mail.digest", Map.of("n", told.size()), locale)).append(GAP);
        for (var it : told) {
            text.append(sentences.of(it, locale)).append('\n');
            text.append(baseUrl.value()).append("/notices/").append(it.id()).append(GAP);
        }
        var siteName = site.in(locale).name();
        text.append(siteName).append('\n');
        text.append(say("mail.why", Map.of("path", baseUrl.value() + "/account/notices"), locale));
        text.append('\n');
        var subject =
                told.size() > 1
                        ? say("mail.digest", Map.of("n", told.size()), locale)
                        : sentences.of(told.getFirst(), locale);
        return new Letter(
                wish.address(), name, "[" + siteName + "] " + subject, text.toString(), locale);
    }

    private String say(String key, Map<String, Object> facts, Locale locale) {
        return Messages.sentence(messages, key, facts, locale);
    }
}
