package shuqiao.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.identity.People;
import shuqiao.kernel.Actor;
import shuqiao.kernel.BaseUrl;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Notices;
import shuqiao.kernel.Notices.Notice;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.kernel.WorkingDays;
import shuqiao.shell.SiteSettings;

/** Notices by mail, taken by a real mail server. */
@PlatformTest
class MailTests {

    private static final String PASSWORD = "Bridge-2026-mail";
    private static final String SECRET = "letters-to-yunze";

    /** 2026-11-24, a Tuesday, at nine in Shanghai; the same evening; the Sunday before. */
    private static final Instant MORNING = Instant.parse("2026-11-24T01:00:00Z");

    private static final Instant EVENING = Instant.parse("2026-11-24T12:00:00Z");
    private static final Instant SUNDAY = Instant.parse("2026-11-22T02:00:00Z");

    @Autowired City city;
    @Autowired Notices notices;
    @Autowired NoticeBoard board;
    @Autowired Mails mails;
    @Autowired MailTable table;
    @Autowired MailServerTable servers;
    @Autowired WishTable wishes;
    @Autowired NoticeTable noticeTable;
    @Autowired DeliveryTable deliveryTable;
    @Autowired Sentences sentences;
    @Autowired WorkingDays days;
    @Autowired People people;
    @Autowired SiteSettings site;
    @Autowired BaseUrl baseUrl;
    @Autowired MessageSource messages;
    @Autowired TransactionTemplate transaction;
    @Autowired ApplicationEventPublisher events;
    @Autowired JdbcClient db;
    @Autowired shuqiao.outbound.Networks networks;

    private GreenMail server;
    private Instant now = MORNING;
    private MailRound round;
    private DigestRound digests;
    private Actor admin;

    @BeforeEach
    void a_mail_server_and_a_person_with_an_address() {
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.setUser("robot@yunze.example", "robot", SECRET);
        server.start();
        city.person("ml-steward", PASSWORD, City.POLICE, Role.STEWARD);
        city.person("ml-system", PASSWORD, City.BUREAU, Role.SYSTEM_ADMIN);
        admin = city.actor(City.BUREAU, Role.SYSTEM_ADMIN);
        db.sql("delete from notice.mail").update();
        db.sql("delete from notice.wish").update();
        board.readAll(steward());
        InstantSource clock = () -> now;
        var postman = new Postman(networks, baseUrl, clock);
        round =
                new MailRound(
                        table,
                        servers,
                        wishes,
                        noticeTable,
                        sentences,
                        new Delivery(deliveryTable, days, events, clock),
                        postman,
                        people,
                        site,
                        baseUrl,
                        messages,
                        transaction,
                        clock);
        digests =
                new DigestRound(
                        table,
                        servers,
                        new Delivery(deliveryTable, days, events, clock),
                        transaction,
                        clock);
        mails.change(admin, entry(server.getSmtp().getPort(), SECRET));
        // rows are queued by the platform's own clock
        now = MORNING;
    }

    @AfterEach
    void forget() {
        server.stop();
        db.sql("delete from notice.mail").update();
        db.sql("delete from notice.wish").update();
        db.sql("delete from notice.mail_server").update();
    }

    private static Mails.ServerEntry entry(int port, String password) {
        return new Mails.ServerEntry(
                true,
                "127.0.0.1",
                String.valueOf(port),
                "NONE",
                "robot",
                password,
                "robot@yunze.example");
    }

    private Actor steward() {
        return new Actor(
                Actor.Kind.PERSON,
                "ml-steward",
                "ml-steward",
                City.POLICE,
                java.util.Set.of(Role.STEWARD));
    }

    private void wish(String how, String language) {
        mails.change(steward(), new Mails.WishEntry(how, "steward@yunze.example", language));
    }

    private void tell(String title) {
        notices.tell(
                "ml-steward",
                new Notice(
                        "sharing.sent-back",
                        Map.of("title", title, "number", "SQ-2026-08888"),
                        "/requests"));
        db.sql("update notice.mail set next_at = :now where state = 'WAITING'")
                .param("now", MORNING.atOffset(java.time.ZoneOffset.UTC))
                .update();
    }

    private int turns() {
        digests.turn();
        int sent = 0;
        while (round.turn()) sent++;
        return sent;
    }

    private String text(MimeMessage letter) throws Exception {
        return String.valueOf(letter.getContent());
    }

    private Mail only() {
        return table.list(null, new shuqiao.kernel.Page.Request(10, Long.MAX_VALUE))
                .items()
                .getFirst();
    }

    @Test
    void each_notice_comes_as_a_letter_in_the_receiver_s_language() throws Exception {
        wish("EACH", "zh");
        tell("护照信息");
        wish("EACH", "en");
        tell("户籍信息");

        assertThat(turns()).isEqualTo(2);

        var letters = server.getReceivedMessages();
        assertThat(letters[0].getAllRecipients()[0].toString()).contains("steward@yunze.example");
        assertThat(letters[1].getSubject()).contains("户籍信息", "came back to be mended");
        assertThat(text(letters[1])).contains(baseUrl.value() + "/notices/", "/account/notices");
        assertThat(only().state()).isEqualTo(Mail.State.SENT);
        assertThat(turns()).isZero();
    }

    @Test
    void marks_of_direction_in_a_name_are_written_out() throws Exception {
        wish("EACH", "en");
        tell("\u202Egnp.exe");

        assertThat(turns()).isEqualTo(1);

        var letter = server.getReceivedMessages()[0];
        assertThat(letter.getSubject()).contains("\\u202Egnp.exe").doesNotContain("\u202E");
        assertThat(text(letter)).contains("\\u202Egnp.exe").doesNotContain("\u202E");
    }

    @Test
    void a_digest_comes_once_a_working_day_with_what_is_unread() throws Exception {
        wish("DIGEST", "zh");
        tell("甲信息");
        tell("乙信息");
        tell("丙信息");
        board.read(steward(), newest());

        assertThat(turns()).isEqualTo(1);
        tell("丁信息");
        assertThat(turns()).isZero();

        assertThat(server.getReceivedMessages()).hasSize(1);
        var letter = server.getReceivedMessages()[0];
        assertThat(letter.getSubject()).contains("2 条未读消息");
        assertThat(text(letter)).contains("甲信息", "乙信息", "你好").doesNotContain("丙信息");
        now = MORNING.plus(Duration.ofDays(1));
        assertThat(turns()).isEqualTo(1);
        assertThat(server.getReceivedMessages()[1].getSubject()).contains("丁信息");
    }

    @Test
    void nothing_leaves_in_quiet_hours_or_on_days_of_rest() {
        wish("EACH", "zh");
        tell("夜里的信息");

        for (var quiet : new Instant[] {EVENING, SUNDAY, MORNING.minusSeconds(3600)}) {
            now = quiet;
            assertThat(turns()).isZero();
        }
        now = MORNING.plus(Duration.ofDays(1));
        assertThat(turns()).isEqualTo(1);
    }

    @Test
    void what_was_read_meanwhile_is_not_mailed() {
        wish("EACH", "zh");
        tell("已经看过的信息");
        board.readAll(steward());

        assertThat(turns()).isEqualTo(1);

        assertThat(server.getReceivedMessages()).isEmpty();
        assertThat(only().state()).isEqualTo(Mail.State.DROPPED);
    }

    @Test
    void a_letter_that_is_not_taken_is_tried_later_and_given_up_at_last() {
        wish("EACH", "zh");
        tell("发不出的信息");
        server.stop();

        assertThat(turns()).isEqualTo(1);
        var waiting = only();
        assertThat(waiting.state()).isEqualTo(Mail.State.WAITING);
        assertThat(waiting.why()).isEqualTo("NO_CONNECTION");
        assertThat(waiting.nextAt()).isEqualTo(MORNING.plus(Duration.ofMinutes(1)));
        assertThat(turns()).isZero();

        db.sql("update notice.mail set attempts = 9").update();
        now = MORNING.plus(Duration.ofMinutes(2));
        assertThat(turns()).isEqualTo(1);
        assertThat(only().state()).isEqualTo(Mail.State.FAILED);

        mails.again(admin, only().id());
        assertThat(only().state()).isEqualTo(Mail.State.WAITING);
        assertThatThrownBy(() -> mails.again(admin, only().id())).isInstanceOf(Refusal.class);
    }

    private Mails.ServerEntry open(StrictMailServer strict) {
        return new Mails.ServerEntry(
                true,
                "127.0.0.1",
                String.valueOf(strict.port()),
                "NONE",
                "",
                "",
                "robot@yunze.example");
    }

    private Refusal test(StrictMailServer strict) {
        mails.change(admin, open(strict));
        return catchThrowableOfType(
                Refusal.class, () -> mails.test(admin, "chief@yunze.example", Messages.CHINESE));
    }

    @Test
    void a_server_is_greeted_by_a_whole_name_or_an_address_and_its_answer_is_named()
            throws Exception {
        try (var strict = new StrictMailServer(Map.of("EHLO", "504 no", "HELO", "504 no"))) {
            var refused = test(strict);

            assertThat(refused.key()).isEqualTo("notice:mail-name");
            assertThat(refused.facts()).containsEntry("reply", 504);
            assertThat(strict.greeting()).isEqualTo("[127.0.0.1]");
        }
    }

    @Test
    void a_line_that_breaks_off_before_the_letter_is_taken_is_told_and_tried_again()
            throws Exception {
        try (var strict = new StrictMailServer(Map.of(".", StrictMailServer.HANGS_UP))) {
            assertThat(test(strict).key()).isEqualTo("notice:mail-broken-off");

            wish("EACH", "zh");
            tell("断在中途的信息");
            assertThat(turns()).isEqualTo(1);
            assertThat(only().state()).isEqualTo(Mail.State.WAITING);
            assertThat(only().fault()).isEqualTo("BROKEN_OFF");
        }
    }

    @Test
    void a_full_mailbox_passes_and_an_unknown_one_does_not() throws Exception {
        wish("EACH", "zh");
        tell("邮箱满了的信息");
        try (var full = new StrictMailServer(Map.of("RCPT", "552 mailbox full"))) {
            mails.change(admin, open(full));
            assertThat(turns()).isEqualTo(1);
            assertThat(only().state()).isEqualTo(Mail.State.WAITING);
            assertThat(only().fault()).isEqualTo("RECEIVER 552");
        }
        var system = city.visitor("ml-system", PASSWORD);
        assertThat(system.get("/admin/mail").body()).contains("收件地址被拒绝", "552", "</html>");

        try (var unknown = new StrictMailServer(Map.of("RCPT", "550 no such user"))) {
            mails.change(admin, open(unknown));
            now = MORNING.plus(Duration.ofMinutes(2));
            assertThat(turns()).isEqualTo(1);
            assertThat(only().state()).isEqualTo(Mail.State.FAILED);
        }
        assertThat(system.get("/admin/mail?state=FAILED").body())
                .contains("收件地址被拒绝", "550", "再次发送", "</html>")
                // two people may share a name
                .contains("<small class=\"mono\">" + only().receiver() + "</small>");
    }

    @Test
    void a_letter_that_we_cannot_write_stands_in_the_queue_with_its_fault() {
        wish("EACH", "zh");
        tell("写不成的信息");
        db.sql("update notice.mail set fault = 'NullPointerException'").update();
        var system = city.visitor("ml-system", PASSWORD);

        assertThat(system.get("/admin/mail").body()).contains("平台写信时出错").doesNotContain("??");
    }

    @Test
    void addresses_of_chinese_domains_are_written_as_mail_servers_know_them() {
        mails.change(steward(), new Mails.WishEntry("EACH", "zhang＠云泽.政务.cn", "zh"));
        assertThat(wishes.find("ml-steward").orElseThrow().address())
                .isEqualTo("zhang@xn--9kqp55e.xn--zfr164b.cn");

        assertThat(fault("张三@政务.cn")).isEqualTo("notice.address-user");
        assertThat(fault("\"zhang san\"@example.cn")).isEqualTo("notice.address-quoted");
        assertThat(fault("zhang")).isEqualTo("notice.address");
    }

    private String fault(String address) {
        return catchThrowableOfType(
                        Refusal.class,
                        () -> mails.change(steward(), new Mails.WishEntry("EACH", address, "zh")))
                .faults()
                .getFirst()
                .key();
    }

    @Test
    void our_own_name_is_whole_or_an_address_in_brackets() throws Exception {
        var here = List.of(InetAddress.getLoopbackAddress());

        assertThat(OwnName.of(URI.create("https://data.example.gov.cn/share"), here))
                .isEqualTo("data.example.gov.cn");
        assertThat(OwnName.of(URI.create("https://bridge"), here)).isEqualTo("[127.0.0.1]");
        assertThat(OwnName.of(URI.create("https://10.1.2.3:8443"), here)).isEqualTo("[10.1.2.3]");
        assertThat(OwnName.of(URI.create("https://[2001:db8::1]"), here))
                .isEqualTo("[IPv6:2001:db8::1]");
        assertThat(OwnName.of(null, List.of(InetAddress.getByName("::1")))).startsWith("[IPv6:");
        assertThat(OwnName.of(null, here)).isEqualTo("[127.0.0.1]");
    }

    @Test
    void a_letter_that_somebody_else_holds_is_left_alone_until_the_lease_ends() {
        wish("EACH", "zh");
        tell("别处正在发的信息");
        assertThat(table.lease(MORNING, Duration.ofMinutes(1))).isPresent();

        now = MORNING.plus(Duration.ofHours(1)); // another's clock may go wrong: it ends no lease
        assertThat(turns()).isZero();

        db.sql("update notice.mail set leased_until = now() - interval '1 s'").update();
        assertThat(turns()).isEqualTo(1);
        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void pauses_double_up_to_four_hours() {
        assertThat(MailRound.pause(1)).isEqualTo(Duration.ofMinutes(1));
        assertThat(MailRound.pause(5)).isEqualTo(Duration.ofMinutes(16));
        assertThat(MailRound.pause(30)).isEqualTo(Duration.ofHours(4));
    }

    @Test
    void a_test_mail_arrives_or_says_what_is_wrong() throws Exception {
        mails.test(admin, "chief@yunze.example", Messages.CHINESE);
        assertThat(server.getReceivedMessages()[0].getSubject()).contains("测试邮件");

        mails.change(admin, entry(server.getSmtp().getPort(), "wrong"));
        refuses("notice:mail-login");
        // a host that was known when it was set
        servers.write(
                new MailServer(
                        true,
                        "no-such-host.invalid",
                        25,
                        MailServer.Security.NONE,
                        "",
                        "",
                        "robot@yunze.example",
                        false));
        refuses("notice:mail-unknown-host");
        mails.change(admin, entry(closedPort(), SECRET));
        refuses("notice:mail-no-connection");
        var protectedLine =
                new Mails.ServerEntry(
                        true,
                        "127.0.0.1",
                        String.valueOf(server.getSmtp().getPort()),
                        "STARTTLS",
                        "",
                        "",
                        "robot@yunze.example");
        mails.change(admin, protectedLine);
        refuses("notice:mail-no-starttls");
    }

    private void refuses(String key) {
        assertThatThrownBy(() -> mails.test(admin, "chief@yunze.example", Locale.ENGLISH))
                .isInstanceOfSatisfying(Refusal.class, it -> assertThat(it.key()).isEqualTo(key));
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void the_password_is_sealed_never_shown_and_never_goes_to_another_host() {
        var sealed = db.sql("select password from notice.mail_server").query(byte[].class).single();
        assertThat(new String(sealed, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain(SECRET);
        var token = city.token(City.BUREAU, Role.SYSTEM_ADMIN);
        assertThat(city.get(token, "/api/v1/mail/server").body())
                .contains("passwordKnown")
                .doesNotContain(SECRET);
        var system = city.visitor("ml-system", PASSWORD);
        assertThat(system.get("/admin/mail").body()).doesNotContain(SECRET);

        var body = new HashMap<String, Object>();
        body.put("enabled", true);
        body.put("host", "127.0.0.2");
        body.put("port", String.valueOf(server.getSmtp().getPort()));
        body.put("security", "STARTTLS");
        body.put("username", "robot");
        body.put("sender", "robot@yunze.example");
        var refused = city.put(token, "/api/v1/mail/server", body);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.<String>at("$.errors[0].field")).isEqualTo("password");
        body.put("host", "127.0.0.1");
        body.put("port", "587");
        assertThat(city.put(token, "/api/v1/mail/server", body).<String>at("$.errors[0].field"))
                .as("another port is another server")
                .isEqualTo("password");
        body.put("port", String.valueOf(server.getSmtp().getPort()));
        assertThat(city.put(token, "/api/v1/mail/server", body).status()).isEqualTo(200);
        body.put("security", "NONE");
        assertThat(city.put(token, "/api/v1/mail/server", body).<String>at("$.errors[0].field"))
                .as("a line without protection")
                .isEqualTo("password");
    }

    @Test
    void a_mail_server_outside_of_the_networks_is_refused_and_one_from_before_goes_on() {
        var token = city.token(City.BUREAU, Role.SYSTEM_ADMIN);
        for (var host : List.of("203.0.113.25", "169.254.169.254", "no-such-host.invalid")) {
            var outside =
                    new Mails.ServerEntry(true, host, "25", "NONE", "", "", "robot@yunze.example");
            assertThatThrownBy(() -> mails.change(admin, outside))
                    .as(host)
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            it ->
                                    assertThat(it.faults())
                                            .extracting(Refusal.Fault::key)
                                            .containsExactly("notice.not-allowed"));
        }
        servers.write(at("203.0.113.25", false));
        refuses("notice:mail-not-allowed");
        servers.write(at("203.0.113.25", true));

        assertThat(city.get(token, "/api/v1/networks/outside").body())
                .contains("mail-server", "203.0.113.25", "\"goesOn\":true");
        assertThat(
                        city.post(
                                        token,
                                        "/api/v1/networks/outside/mail-server/1/decision",
                                        Map.of("allow", false))
                                .status())
                .isEqualTo(204);
        refuses("notice:mail-not-allowed");
    }

    private static MailServer at(String host, boolean asBefore) {
        return new MailServer(
                true, host, 25, MailServer.Security.NONE, "", "", "robot@yunze.example", asBefore);
    }

    @Test
    void a_letter_goes_to_the_checked_address_whatever_the_name_means_by_then() throws Exception {
        var properties = new java.util.Properties();
        properties.put(
                "mail.smtp.socketFactory",
                new CheckedSockets(
                        List.of(
                                java.net.InetAddress.ofLiteral("127.0.0.77"),
                                java.net.InetAddress.ofLiteral("127.0.0.1")),
                        server.getSmtp().getPort(),
                        2_000));
        properties.setProperty("mail.smtp.socketFactory.fallback", "false");
        properties.setProperty("mail.smtp.host", "mail.yunze.invalid");

        try (var transport = jakarta.mail.Session.getInstance(properties).getTransport("smtp")) {
            transport.connect();
            assertThat(transport.isConnected()).isTrue();
        }
    }

    @Test
    void the_administrator_sets_hours_and_server_on_one_page_and_sees_the_queue() {
        wish("EACH", "zh");
        tell("队列里的信息");
        var system = city.visitor("ml-system", PASSWORD);

        assertThat(system.get("/admin/mail").body())
                .contains("ml-steward", "等待")
                .doesNotContain("steward@yunze.example", "队列里的信息");
        var wrong =
                system.submit(
                        "/admin/mail",
                        "/admin/mail/hours",
                        Map.of("from", "18:00", "until", "08:30"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("结束时间要晚于开始时间", "18:00");
        var saved =
                system.submit(
                        "/admin/mail",
                        "/admin/mail/hours",
                        Map.of("from", "08:30", "until", "18:00"));
        assertThat(saved.body()).contains("送达时段已保存");
        var unsent =
                system.submit("/admin/mail", "/admin/mail/test", Map.of("to", "not an address"));
        assertThat(unsent.statusCode()).isEqualTo(422);
        assertThat(unsent.body()).contains("请填写完整的邮箱地址", "not an address");
    }

    @Test
    void everybody_chooses_for_oneself_and_an_address_is_needed_for_mail() {
        var steward = city.visitor("ml-steward", PASSWORD);

        var wrong =
                steward.submit(
                        "/account/notices",
                        "/account/notices",
                        Map.of("mail", "EACH", "language", "zh", "address", ""));
        assertThat(wrong.statusCode()).isEqualTo(422);
        var saved =
                steward.submit(
                        "/account/notices",
                        "/account/notices",
                        Map.of(
                                "mail", "DIGEST",
                                "language", "en",
                                "address", "me@yunze.example"));
        assertThat(saved.body()).contains("消息设置已保存", "me@yunze.example");
        assertThat(city.get(city.token(City.POLICE, Role.STEWARD), "/api/v1/mail/wish").status())
                .isEqualTo(403);
        assertThat(city.get(city.token(City.POLICE, Role.STEWARD), "/api/v1/mail/server").status())
                .isEqualTo(403);
    }

    @Test
    void a_line_break_in_a_title_makes_no_second_header() throws Exception {
        wish("EACH", "zh");
        tell(String.join("\r\n", "信息", "Bcc: spy@elsewhere.example", ""));

        assertThat(turns()).isEqualTo(1);

        var letters = server.getReceivedMessages();
        assertThat(letters).hasSize(1);
        assertThat(Arrays.toString(letters[0].getAllRecipients())).doesNotContain("spy");
        assertThat(letters[0].getHeader("Bcc")).isNull();
    }

    private long newest() {
        return board.list(
                        steward(),
                        new NoticeBoard.Asked(true, null),
                        new shuqiao.kernel.Page.Request(1, 0))
                .items()
                .getFirst()
                .id();
    }
}
