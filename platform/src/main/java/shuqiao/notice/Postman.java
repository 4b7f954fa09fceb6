package shuqiao.notice;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.eclipse.angus.mail.util.SocketConnectException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import shuqiao.kernel.BaseUrl;
import shuqiao.kernel.VisibleText;
import shuqiao.notice.NotSent.Why;
import shuqiao.outbound.Networks;

/** Brings letters to the mail server; each letter by a connection of its own. */
@Component
class Postman {

    private static final int PATIENCE_MILLISECONDS = 10_000;
    private static final String PATIENCE = String.valueOf(PATIENCE_MILLISECONDS);

    /** What a server says that does not take our name: its syntax, or that it is no whole one. */
    private static final Set<Integer> NAME_REFUSED = Set.of(501, 504);

    /** Where the library has only the server's line, or a sentence about it. */
    private static final Pattern REPLY =
            Pattern.compile("^([2-5][0-9]{2})[ -]|response: ([2-5][0-9]{2})");

    private final Networks networks;
    private final BaseUrl baseUrl;
    private final InstantSource clock;

    Postman(Networks networks, BaseUrl baseUrl, InstantSource clock) {
        this.networks = networks;
        this.baseUrl = baseUrl;
        this.clock = clock;
    }

    /** Asks another machine: never called inside a transaction. */
    void send(MailServer server, String senderName, Letter letter) throws NotSent {
        var properties = properties(server);
        var addresses = addresses(server);
        properties.setProperty("mail.smtp.localhost", OwnName.of(baseUrl.told(), addresses));
        var sockets = new CheckedSockets(addresses, server.port(), PATIENCE_MILLISECONDS);
        properties.put("mail.smtp.socketFactory", sockets);
        // or it would dial the name by itself where ours do not connect
        properties.setProperty("mail.smtp.socketFactory.fallback", "false");
        var session = Session.getInstance(properties);
        try (var transport = session.getTransport("smtp")) {
            var message = message(session, server, senderName, letter);
            connect(transport, server);
            transport.sendMessage(message, message.getAllRecipients());
        } catch (MessagingException failed) {
            throw told(failed, Why.REFUSED);
        } catch (UnsupportedEncodingException never) {
            throw new IllegalStateException(never);
        }
    }

    private static void connect(Transport transport, MailServer server) throws NotSent {
        try {
            if (server.username().isEmpty()) transport.connect();
            else
                transport.connect(
                        server.host(), server.port(), server.username(), server.password());
        } catch (MessagingException failed) {
            var told = told(failed, Why.REFUSED);
            throw told.why() == Why.REFUSED && NAME_REFUSED.contains(told.reply())
                    ? new NotSent(Why.NAME, told.reply())
                    : told;
        }
    }

    /** Resolved once; what is dialled is what was checked. */
    private List<InetAddress> addresses(MailServer server) throws NotSent {
        try {
            var found =
                    networks.reach(
                            Networks.PLATFORM, server.host(), server.port(), server.asBefore());
            if (found.isEmpty()) throw new NotSent(Why.NOT_ALLOWED, 0);
            return found;
        } catch (UnknownHostException _) {
            throw new NotSent(Why.UNKNOWN_HOST, 0);
        }
    }

    private MimeMessage message(
            Session session, MailServer server, String senderName, Letter letter)
            throws MessagingException, UnsupportedEncodingException {
        var utf8 = StandardCharsets.UTF_8.name();
        var message = new MimeMessage(session);
        message.setFrom(new InternetAddress(server.sender(), oneLine(senderName), utf8));
        message.setRecipients(
                Message.RecipientType.TO,
                new Address[] {new InternetAddress(letter.to(), oneLine(letter.name()), utf8)});
        message.setSubject(oneLine(letter.subject()), utf8);
        message.setSentDate(Date.from(clock.instant()));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("Content-Language", letter.locale().toLanguageTag());
        message.setText(VisibleText.shown(letter.text()), utf8);
        return message;
    }

    /** A line break in a header would begin another header. */
    private static String oneLine(String text) {
        return VisibleText.shown(text.replaceAll("\\p{Cntrl}+", " "));
    }

    private static Properties properties(MailServer server) {
        var properties = new Properties();
        properties.setProperty("mail.smtp.host", server.host());
        properties.setProperty("mail.smtp.port", String.valueOf(server.port()));
        properties.setProperty("mail.smtp.connectiontimeout", PATIENCE);
        properties.setProperty("mail.smtp.timeout", PATIENCE);
        properties.setProperty("mail.smtp.writetimeout", PATIENCE);
        properties.setProperty("mail.smtp.auth", String.valueOf(!server.username().isEmpty()));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.quitwait", "false");
        switch (server.security()) {
            case NONE -> {}
            case STARTTLS -> {
                properties.setProperty("mail.smtp.starttls.enable", "true");
                properties.setProperty("mail.smtp.starttls.required", "true");
            }
            case TLS -> properties.setProperty("mail.smtp.ssl.enable", "true");
        }
        return properties;
    }

    /** The first of the chain of causes that says something. */
    private static NotSent told(MessagingException failed, Why otherwise) {
        int reply = 0;
        Throwable cause = failed;
        while (cause != null) {
            var known = known(cause);
            if (known != null) return known;
            if (reply == 0) reply = reply(String.valueOf(cause.getMessage()));
            cause =
                    cause instanceof MessagingException chained
                                    && chained.getNextException() != null
                            ? chained.getNextException()
                            : cause.getCause();
        }
        var words = String.valueOf(failed.getMessage());
        if (words.contains("STARTTLS")) return new NotSent(Why.NO_STARTTLS, 0);
        return new NotSent(words.contains("[EOF]") ? Why.BROKEN_OFF : otherwise, reply);
    }

    private static int reply(String words) {
        var found = REPLY.matcher(words);
        if (!found.find()) return 0;
        return Integer.parseInt(found.group(1) == null ? found.group(2) : found.group(1));
    }

    private static @Nullable NotSent known(Throwable cause) {
        return switch (cause) {
            case AuthenticationFailedException _ -> new NotSent(Why.LOGIN, 0);
            case SMTPAddressFailedException address ->
                    new NotSent(Why.RECEIVER, address.getReturnCode());
            case SMTPSenderFailedException sender ->
                    new NotSent(Why.SENDER, sender.getReturnCode());
            case SMTPSendFailedException send when send.getNextException() == null ->
                    send.getReturnCode() > 0
                            ? new NotSent(Why.REFUSED, send.getReturnCode())
                            : new NotSent(Why.BROKEN_OFF, 0);
            case UnknownHostException _ -> new NotSent(Why.UNKNOWN_HOST, 0);
            case SocketTimeoutException _ -> new NotSent(Why.TIMEOUT, 0);
            case SSLException _ -> new NotSent(Why.TLS, 0);
            case java.net.ConnectException _ -> new NotSent(Why.NO_CONNECTION, 0);
            case MailConnectException it when it.getNextException() == null ->
                    new NotSent(Why.NO_CONNECTION, 0);
            case SocketConnectException it when it.getException() == null ->
                    new NotSent(Why.NO_CONNECTION, 0);
            default -> null;
        };
    }
}
