package shuqiao.notice;

import java.net.IDN;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.MessageSource;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Messages;
import shuqiao.kernel.NormalForm;
import shuqiao.kernel.NotAllowed;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.notice.NoticeEvent.MailServerChanged;
import shuqiao.outbound.Networks;
import shuqiao.shell.SiteSettings;

/** Notices by mail: the server, whom it serves, and what did not arrive. */
@Door
public class Mails {

    /** Local part, one at sign, a domain with or without dots; what a mail server may accept. */
    private static final Pattern ADDRESS =
            Pattern.compile(
                    "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:-]{1,253}");
    private static final int PORT_MAX = 65_535;

    /**
     * The server as a form or a program names it.
     *
     * @param password left out or empty: the one that is known
     */
    public record ServerEntry(
            @Nullable Boolean enabled,
            @Nullable String host,
            @Nullable String port,
            @Nullable String security,
            @Nullable String username,
            @Nullable String password,
            @Nullable String sender) {

        @Override
        public String toString() {
            return "ServerEntry";
        }
    }

    /** Which notices one wants by mail, where, in which language. */
    public record WishEntry(
            @Nullable String mail, @Nullable String address, @Nullable String language) {

        @Override
        public String toString() {
            return "WishEntry";
        }
    }

    private final MailServerTable servers;
    private final MailTable queue;
    private final WishTable wishes;
    private final Postman postman;
    private final Networks networks;
    private final SiteSettings site;
    private final MessageSource messages;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Mails(
            MailServerTable servers,
            MailTable queue,
            WishTable wishes,
            Postman postman,
            Networks networks,
            SiteSettings site,
            MessageSource messages,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.servers = servers;
        this.queue = queue;
        this.wishes = wishes;
        this.postman = postman;
        this.networks = networks;
        this.site = site;
        this.messages = messages;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    Optional<MailServer> server(Actor actor) {
        actor.require(Role.SYSTEM_ADMIN);
        return servers.find();
    }

    /** Names the server; another address must lie in a network that the platform may dial. */
    MailServer change(Actor actor, ServerEntry entry) {
        actor.require(Role.SYSTEM_ADMIN);
        var faults = new Invalid.Faults();
        var host = ascii(faults.text("host", entry.host(), 253));
        if (!host.isEmpty() && !HOST.matcher(host).matches()) faults.add("host", "notice.host");
        var port = port(faults, entry.port());
        var security = security(faults, entry.security());
        var username = faults.optionalText("username", entry.username(), 200);
        var typed = entry.password() == null ? "" : entry.password();
        if (typed.length() > 200) faults.add("password", "too-long", Map.of("max", 200));
        var sender = address(faults, "sender", entry.sender(), true);
        faults.refuseIfAny();
        var before = servers.find();
        var same = before.filter(it -> it.host().equals(host) && it.port() == port);
        if (same.isEmpty() && !networks.inside(Networks.PLATFORM, host, port))
            throw Invalid.field("host", "notice.not-allowed");
        // another server or port, another name there or a weaker line never gets the password known
        var known =
                same.filter(it -> it.username().equals(username))
                        .filter(it -> protection(it.security()) <= protection(security))
                        .map(MailServer::password)
                        .orElse("");
        var password = username.isEmpty() ? "" : typed.isEmpty() ? known : typed;
        if (!username.isEmpty() && password.isEmpty())
            throw Invalid.field("password", "notice.password");
        var server =
                new MailServer(
                        Boolean.TRUE.equals(entry.enabled()),
                        host,
                        port,
                        java.util.Objects.requireNonNull(security),
                        username,
                        password,
                        sender,
                        same.map(MailServer::asBefore).orElse(false));
        transaction.executeWithoutResult(_ -> {
            servers.write(server);
            events.publishEvent(
                    new MailServerChanged(server.enabled(), host, port, actor, clock.instant()));
        });
        return server;
    }

    private static int protection(MailServer.@Nullable Security security) {
        return security == MailServer.Security.NONE ? 0 : 1;
    }

    /** Sends one letter now, whatever the hour, and says what is wrong if it cannot. */
    public void test(Actor actor, @Nullable String to, Locale locale) {
        actor.require(Role.SYSTEM_ADMIN);
        var faults = new Invalid.Faults();
        var address = address(faults, "to", to, true);
        faults.refuseIfAny();
        var server = servers.find().orElseThrow(() -> new Conflict("notice:no-server", Map.of()));
        var name = site.in(locale).name();
        var text =
                Messages.sentence(messages, "mail.test.text", Map.of("site", name), locale) + "\n";
        try {
            postman.send(
                    server,
                    name,
                    new Letter(
                            address,
                            actor.name(),
                            "["
                                    + name
                                    + "] "
                                    + Messages.sentence(
                                            messages, "mail.test.subject", Map.of(), locale),
                            text,
                            locale));
        } catch (NotSent failed) {
            throw new Conflict(
                    "notice:mail-" + word(failed.why().name()),
                    Map.of(
                            "host",
                            server.host(),
                            "port",
                            String.valueOf(server.port()),
                            "reply",
                            failed.reply() == 0
                                    ? Messages.sentence(messages, "mail.no-reply", Map.of(), locale)
                                    : failed.reply()));
        }
    }

    Page<Mail> queue(Actor actor, Mail.@Nullable State state, Page.Request page) {
        actor.require(Role.SYSTEM_ADMIN);
        return queue.list(state, page);
    }

    Map<Mail.State, Long> counts(Actor actor) {
        actor.require(Role.SYSTEM_ADMIN);
        return queue.counts();
    }

    /** Tries a letter that was given up once more. */
    public void again(Actor actor, long id) {
        actor.require(Role.SYSTEM_ADMIN);
        var taken = transaction.execute(_ -> queue.again(id, clock.instant()));
        if (!Boolean.TRUE.equals(taken))
            throw new Conflict("notice:mail-not-failed", Map.of("id", id));
    }

    /** One's own wish; nobody reads another's address. */
    Wish wish(Actor actor, String language) {
        requirePerson(actor);
        return wishes.find(actor.subject()).orElseGet(() -> Wish.none(actor.subject(), language));
    }

    @Transactional
    Wish change(Actor actor, WishEntry entry) {
        requirePerson(actor);
        var faults = new Invalid.Faults();
        var how = how(faults, entry.mail());
        var address = address(faults, "address", entry.address(), how != Wish.How.NONE);
        var language = entry.language() == null ? "zh" : entry.language();
        if (!language.equals("zh") && !language.equals("en"))
            faults.add("language", "not-one-of", Map.of("allowed", java.util.List.of("zh", "en")));
        faults.refuseIfAny();
        var wish = new Wish(actor.subject(), how, address, language);
        wishes.write(wish);
        return wish;
    }

    /** Whether there is a server at all, so that a wish comes true. */
    boolean offered(Actor actor) {
        requirePerson(actor);
        return servers.enabled();
    }

    private static void requirePerson(Actor actor) {
        if (actor.kind() != Actor.Kind.PERSON) throw NotAllowed.because("notice-person");
    }

    private static Wish.How how(Invalid.Faults faults, @Nullable String text) {
        for (var how : Wish.How.values()) if (how.name().equals(text)) return how;
        faults.add("mail", "not-one-of", Map.of("allowed", java.util.List.of(Wish.How.values())));
        return Wish.How.NONE;
    }

    private static MailServer.@Nullable Security security(
            Invalid.Faults faults, @Nullable String text) {
        for (var one : MailServer.Security.values()) if (one.name().equals(text)) return one;
        faults.add(
                "security",
                "not-one-of",
                Map.of("allowed", java.util.List.of(MailServer.Security.values())));
        return null;
    }

    private static int port(Invalid.Faults faults, @Nullable String text) {
        var digits = text == null ? "" : text.strip();
        var port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > PORT_MAX)
            faults.add("port", "range", Map.of("min", 1, "max", PORT_MAX));
        return port;
    }

    private static String address(
            Invalid.Faults faults, String field, @Nullable String text, boolean needed) {
        var typed = needed ? faults.text(field, text, 254) : faults.optionalText(field, text, 254);
        if (typed.isEmpty()) return typed;
        var plain = NormalForm.of(typed);
        int at = plain.lastIndexOf('@');
        var address = at < 0 ? plain : plain.substring(0, at + 1) + ascii(plain.substring(at + 1));
        if (ADDRESS.matcher(address).matches()) return address;
        var before = at < 0 ? "" : plain.substring(0, at);
        faults.add(
                field,
                before.chars().anyMatch(c -> c > '~')
                        ? "notice.address-user"
                        : before.contains(" ") || before.contains("\"")
                                ? "notice.address-quoted"
                                : "notice.address");
        return typed;
    }

    /** A Chinese domain as mail servers know it, {@code xn--…}; itself where it is none. */
    private static String ascii(String domain) {
        try {
            return IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException _) {
            return domain;
        }
    }

    static String word(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
