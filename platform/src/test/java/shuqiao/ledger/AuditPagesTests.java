package shuqiao.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.Visitor;
import shuqiao.engine.proof.Receipt;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Role;
import shuqiao.kernel.TooBusy;
import shuqiao.organization.Organization;
import shuqiao.organization.Organizations;

/** The record of acts as the audit administrator reads it, and the ledger as everybody may. */
@PlatformTest
class AuditPagesTests {

    private static final String PASSWORD = "Bridge-2026-test";

    @Autowired City city;
    @Autowired Ledger ledger;
    @Autowired LedgerKeys keys;
    @Autowired Organizations organizations;
    @Autowired TransactionTemplate transaction;

    private Visitor audit;

    @BeforeEach
    void the_audit_administrator_logs_in() {
        city.person("ap-audit", PASSWORD, City.BUREAU, Role.AUDIT_ADMIN);
        audit = in("ap-audit");
    }

    @Test
    void acts_are_found_by_kind_person_object_and_day() {
        assertThat(audit.get("/audit?kind=LoggedIn&actor=ap-audit").body())
                .contains("登录", "username=ap-audit", "件事");
        assertThat(audit.get("/audit?object=username%3Dap-audit").body()).contains("新增用户");
        assertThat(audit.get("/audit?object=ap-audit&kind=PersonAdded").body()).contains("找到 1 件事");
        assertThat(audit.get("/audit?until=2001-01-01").body()).contains("没有符合条件的记录");
        assertThat(audit.get("/audit?object=%27%3B--").statusCode()).isEqualTo(200);
        assertThat(audit.get("/audit?actor=%00x").statusCode()).isEqualTo(400);
    }

    @Test
    void a_day_that_is_none_is_told() {
        assertThat(audit.get("/audit?from=yesterday").statusCode()).isEqualTo(422);
        assertThat(audit.get("/audit?from=2026-02-02&until=2026-01-01").body()).contains("请调换");
    }

    @Test
    void one_entry_shows_its_original_and_leads_to_a_checkpoint() {
        var entry = append("{\"facts\":{\"resource\":\"ap-7\"}}");
        await().until(() -> ledger.place(entry).isPresent());

        var page = audit.get("/audit/entries/" + entry).body();

        assertThat(page).contains("ap-7", "叶子摘要", "签名的检查点", keys.origin());
        assertThat(audit.get("/audit/entries/999999999").statusCode()).isEqualTo(404);
        assertThat(audit.get("/audit/entries/x").statusCode()).isEqualTo(404);
    }

    @Test
    void the_list_is_exported_without_anything_that_a_spreadsheet_would_run() {
        append("{\"facts\":{\"=cmd\":\"ap-export\"}}");

        var csv =
                new String(
                        audit.download("/audit/entries.csv?object=ap-export"),
                        StandardCharsets.UTF_8);

        assertThat(csv).startsWith("\uFEFF\"编号\"").contains("\"'=cmd=ap-export\"");
        assertThat(csv.lines()).hasSize(2);
    }

    @Test
    void the_whole_ledger_is_verified_on_demand() {
        assertThat(audit.submit("/audit/verification", "/audit/verification", Map.of()).body())
                .contains("条存证全部一致", "全部一致。");
    }

    @Test
    void a_room_reads_the_history_of_its_own_things() {
        var code = "11990100APH000001";
        var whole = code + shuqiao.standard.CreditCode.checkCharacter(code);
        organizations.add(
                Actor.PLATFORM,
                new Organizations.Entry(
                        whole,
                        "云泽市存证测试局",
                        "",
                        "",
                        "990100",
                        Organization.Level.CITY,
                        null,
                        false,
                        false,
                        null));

        assertThat(ledger.about("organization=" + whole, 5))
                .extracting(LedgerEntry::kind)
                .containsExactly("OrganizationAdded");
    }

    @Test
    void everybody_sees_the_ledger_and_checks_receipts_on_it() {
        append("visible");
        await().until(() -> audit.get("/ledger").body().contains("最新检查点"));
        assertThat(new Visitor(city).get("/ledger").body())
                .contains("公钥", keys.publicKeys().keys().getFirst().id());

        var unsigned = check(unsigned());
        assertThat(unsigned).contains("回执无效", "回执没有签名", "未通过：");
        assertThat(check("not json")).contains("回执无效", "不是合法的 JSON");
        assertThat(check("")).contains("请粘贴回执全文");
    }

    @Test
    void the_audit_is_the_audit_administrators_alone() {
        city.person("ap-system", PASSWORD, City.BUREAU, Role.SYSTEM_ADMIN);
        city.person("ap-security", PASSWORD, City.BUREAU, Role.SECURITY_ADMIN);
        city.person("ap-steward", PASSWORD, City.BUREAU, Role.STEWARD);
        for (var username : new String[] {"ap-system", "ap-security", "ap-steward"}) {
            var other = in(username);
            for (var path :
                    new String[] {
                        "/audit", "/audit/entries/1", "/audit/entries.csv", "/audit/verification"
                    }) assertThat(other.get(path).statusCode()).as(username + path).isEqualTo(403);
            assertThat(other.get("/ledger").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_visitor_checks_a_receipt_without_login_session_or_token() {
        var visitor = new Visitor(city);
        assertThat(visitor.get("/ledger").body())
                .contains("name=\"receipt\"", "action=\"/ledger/verification\"")
                .doesNotContain("_csrf", "multipart");

        var answer =
                visitor.post(
                        "/ledger/verification",
                        "receipt="
                                + java.net.URLEncoder.encode(unsigned(), StandardCharsets.UTF_8));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("回执无效", "回执没有签名");
        assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(
                        visitor.post("/ledger/verification", "receipt=" + "x".repeat(200_001))
                                .statusCode())
                .isEqualTo(422);
    }

    @Test
    void strangers_together_have_two_checks_a_second_and_the_signed_in_have_their_own() {
        var now =
                new java.util.concurrent.atomic.AtomicReference<>(
                        Instant.parse("2026-11-22T00:00:00Z"));
        var checks = new ReceiptChecks(keys, now::get);
        try {
            for (var i = 0; i < ReceiptChecks.BURST; i++) checks.check("x", true);
            assertThatThrownBy(() -> checks.check("x", true)).isInstanceOf(TooBusy.class);
            assertThat(checks.check("x", false).isValid()).isFalse();
            now.set(now.get().plus(ReceiptChecks.EVERY));
            assertThat(checks.check("x", true).isValid()).isFalse();
            assertThatThrownBy(() -> checks.check("x", true)).isInstanceOf(TooBusy.class);
        } finally {
            checks.close();
        }
    }

    private String check(String receipt) {
        return audit.submit("/ledger", "/ledger/verification", Map.of("receipt", receipt)).body();
    }

    private static String unsigned() {
        var now = Instant.parse("2026-11-22T00:00:00Z");
        var receipt =
                new Receipt(
                        "run",
                        "grant",
                        "307/000001",
                        1,
                        "a",
                        "b",
                        "exchange",
                        "snapshot",
                        now,
                        now,
                        1,
                        1,
                        0,
                        10,
                        new Receipt.Scope("sha256:x", "source"),
                        new Receipt.Content("sha256:y", "tuples"),
                        null,
                        List.of());
        return new String(receipt.signedBytes(), StandardCharsets.UTF_8);
    }

    private long append(String text) {
        return transaction.execute(_ ->
                ledger.append(
                        "Test",
                        Actor.PLATFORM,
                        Instant.parse("2026-11-22T00:00:00Z"),
                        text.getBytes(StandardCharsets.UTF_8)));
    }

    private Visitor in(String username) {
        return city.visitor(username, PASSWORD);
    }
}
