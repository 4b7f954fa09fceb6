package shuqiao.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shuqiao.City;
import shuqiao.Visitor;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Role;

/** More time, disputes and renewals with a browser that has no script. */
class LegalPagesTests extends SharingGround {

    private static final String PASSWORD = "Legal-pages-2026-x!";

    private Visitor provider;
    private Visitor consumer;
    private Visitor writer;
    private Visitor arbiter;

    @BeforeEach
    void visitors() {
        provider = visitor("legal.provider", City.CIVIL_AFFAIRS, Role.REVIEWER);
        consumer = visitor("legal.consumer", City.POLICE, Role.REVIEWER);
        writer = visitor("legal.writer", City.POLICE, Role.STEWARD);
        arbiter = visitor("legal.arbiter", City.BUREAU, Role.AUTHORITY);
    }

    private Visitor visitor(String username, String organization, Role role) {
        return city.visitor(username, PASSWORD, organization, role);
    }

    private static String page(long id, String step) {
        return "/requests/" + id + "/" + step;
    }

    private static void shows(HttpResponse<String> answer, int status, String... words) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        if (words.length > 0) assertThat(answer.body()).contains(words);
        assertThat(answer.body()).doesNotContain("??").doesNotContain("fault.");
    }

    @Test
    void more_time_is_asked_for_answered_and_told_to_all() {
        profiles.choose(Actor.PLATFORM, "REG_2025");
        var id = sent(ask(conditional()));
        step(authority, id, "acceptance", Map.of());
        var page = page(id, "extension");

        shows(
                provider.submit(page, page, Map.of("days", "11", "reason", "需核对<b>")),
                422,
                "days-fault",
                "需核对&lt;b&gt;");
        provider.submit(page, page, Map.of("days", "5", "reason", "需核对"));
        shows(arbiter.submit(page, page + "/answer", Map.of("reason", "")), 422, "outcome-fault");
        arbiter.submit(page, page + "/answer", Map.of("outcome", "CONSENT"));

        for (var reader : List.of(provider, writer, arbiter))
            for (var language : List.of("zh", "en"))
                shows(reader.get(page + "?lang=" + language), 200, "2026-10-22", "需核对", "REG_2025");
        assertThat(provider.get(page).body()).doesNotContain("name=\"days\"");
    }

    @Test
    void a_dispute_goes_from_talks_to_the_award() {
        var id = refusedRequest();
        var page = page(id, "dispute");
        shows(writer.get(page), 200);
        assertThat(writer.get(page).body()).doesNotContain("<textarea");

        shows(
                consumer.submit(page, page(id, "negotiation"), Map.of("reason", "")),
                422,
                "reason-fault");
        consumer.submit(page, page(id, "negotiation"), Map.of("reason", "履职确需"));
        shows(
                provider.submit(
                        page,
                        page(id, "negotiation/answer"),
                        Map.of("outcome", "GRANT_IN_PART", "reason", "部分")),
                422,
                "fields-fault");
        provider.submit(
                page, page(id, "negotiation/answer"), Map.of("outcome", "KEEP", "reason", "依据不变"));
        consumer.submit(page, page(id, "arbitration"), Map.of("reason", "协商未果"));
        shows(
                arbiter.submit(
                        page,
                        page(id, "arbitration/award"),
                        Map.of("outcome", "PROVIDE", "reason", "确需")),
                422,
                "basis-fault",
                "确需");
        var award = new HashMap<String, String>();
        award.put("outcome", "PROVIDE_IN_PART");
        award.put("fields", "code");
        award.put("reason", "只需代码");
        award.put("basis", "国发〔2016〕51号 第十二条");
        award.put("watermark", "true");
        arbiter.submit(page, page(id, "arbitration/award"), award);

        assertThat(read(police, id).<String>at("$.state")).isEqualTo("AWARDED_IN_PART");
        for (var reader : List.of(provider, consumer, writer, arbiter))
            for (var language : List.of("zh", "en"))
                shows(reader.get(page + "?lang=" + language), 200, "履职确需", "依据不变", "协商未果", "只需代码");
    }

    @Test
    void an_award_gives_items_behind_masks_and_only_some_rows() {
        var id = refusedRequest();
        var page = page(id, "dispute");
        consumer.submit(page, page(id, "negotiation"), Map.of("reason", "履职确需"));
        provider.submit(
                page, page(id, "negotiation/answer"), Map.of("outcome", "KEEP", "reason", "依据不变"));
        consumer.submit(page, page(id, "arbitration"), Map.of("reason", "协商未果"));
        shows(arbiter.get(page), 200, "mask-name", "row-field", "申请的条件");
        var typed = new HashMap<String, String>();
        typed.put("outcome", "PROVIDE_IN_PART");
        typed.put("fields", "name");
        typed.put("mask-name", "name");
        typed.put("row-field", "code");
        typed.put("row-op", "eq");
        typed.put("row-value", "");
        typed.put("reason", "只需部分");
        typed.put("basis", "国发〔2016〕51号 第十二条");
        var award = page(id, "arbitration/award");

        typed.put("do", "add");
        var more = arbiter.submit(page, award, typed);
        shows(more, 200, "只需部分", "第 2 个条件");
        assertThat(read(police, id).<String>at("$.state")).isEqualTo("ARBITRATING");
        typed.remove("do");
        shows(arbiter.submit(page, award, typed), 422, "filter-fault", "只需部分");
        typed.put("row-value", "110101001");
        arbiter.submit(page, award, typed);

        var given =
                ok(city.get(police, GRANTS + "?request=" + id), 200).<List<Object>>at("$.items[*]");
        assertThat(given.toString())
                .contains("\"masks\":{\"name\":\"name\"}", "110101001")
                .doesNotContain("born");
    }

    @Test
    void talks_give_part_of_the_rows_and_a_mask_that_does_not_suit_is_told() {
        var id = refusedRequest();
        var page = page(id, "dispute");
        consumer.submit(page, page(id, "negotiation"), Map.of("reason", "履职确需"));
        var typed = new HashMap<String, String>();
        typed.put("outcome", "GRANT_IN_PART");
        typed.put("fields", "code");
        typed.put("mask-code", "nonsense");
        typed.put("reason", "部分");
        shows(provider.submit(page, page(id, "negotiation/answer"), typed), 422, "mask-code-fault");
        typed.put("mask-code", "");
        typed.put("row-field", "code");
        typed.put("row-op", "like");
        typed.put("row-value", "11%");
        provider.submit(page, page(id, "negotiation/answer"), typed);

        assertThat(read(police, id).<String>at("$.state")).isEqualTo("GRANTED_IN_PART");
        assertThat(
                        ok(city.get(police, GRANTS + "?request=" + id), 200)
                                .<List<Object>>at("$.items[*]")
                                .toString())
                .contains("11%");
    }

    @Test
    void talks_can_give_more_and_can_be_dropped() {
        var id = refusedRequest();
        var page = page(id, "dispute");
        consumer.submit(page, page(id, "negotiation"), Map.of("reason", "履职确需"));
        provider.submit(page, page(id, "negotiation/answer"), Map.of("outcome", "GRANT"));
        assertThat(read(police, id).<String>at("$.state")).isEqualTo("GRANTED");

        var other = refusedRequest();
        consumer.submit(
                page(other, "dispute"), page(other, "negotiation"), Map.of("reason", "履职确需"));
        consumer.submit(page(other, "dispute"), page(other, "dispute/withdrawal"), Map.of());
        assertThat(read(police, other).<String>at("$.state")).isEqualTo("KEPT");
    }

    @Test
    void a_grant_is_renewed_with_what_was_asked_before() {
        var grant = granted(conditional());
        var page = "/grants/" + grant + "/renewal";

        for (var language : List.of("en", "zh"))
            shows(writer.get(page + "?lang=" + language), 200, "户籍地址核对", "2027-09-24", "SY-2026-");
        shows(writer.submit(page, page, Map.of("until", "")), 422, "until-fault");
        shows(
                writer.submit(
                        page,
                        page,
                        Map.of("until", "2028-09-23", "purposeText", "继续核对", "basis", "同前")),
                200,
                "SQ-2026-");
        shows(writer.submit(page, page, Map.of("until", "2028-09-23")), 409, "续期申请");
        assertThat(provider.get(page).statusCode()).isEqualTo(403);
    }

    @Test
    void a_renewal_is_offered_near_the_end_and_the_page_says_from_when() {
        var body = ask(conditional());
        body.put("until", "2026-11-30");
        var id = prepared(body);
        var grant = step(reviewer, id, "decision", Map.of("outcome", "GRANT")).at("$.grant");
        var page = "/requests/" + id;
        var renewal = "href=\"/grants/" + grant + "/renewal\"";

        shows(writer.get(page), 200, "<h2>续期、再次申请</h2>", "到期前 15 个工作日", "起可以在这里申请");
        assertThat(writer.get(page).body()).doesNotContain(renewal);
        shows(writer.get(page + "?lang=en"), 200, "<h2>Renewal, asking again</h2>");
        writer.get(page + "?lang=zh");
        // Friday, with 30 working days after it up to the end
        time.set("2026-10-16");
        assertThat(visitor("legal.writer", City.POLICE, Role.STEWARD).get(page).body())
                .doesNotContain(renewal);
        time.set("2026-10-19");
        shows(
                visitor("legal.writer", City.POLICE, Role.STEWARD).get(page),
                200,
                renewal,
                "2026-11-09",
                "现在已可申请");
    }

    @Test
    void a_heading_names_what_stands_under_it_and_a_draft_is_not_copied() {
        var draft = drafted(ask(conditional()));
        assertThat(writer.get("/requests/" + draft).body())
                .doesNotContain("/copy\"", "id=\"legal-steps\"");
        var refused = refusedRequest();
        shows(consumer.get("/requests/" + refused), 200, "<h2>争议</h2>");
        shows(writer.get("/requests/" + refused), 200, "<h2>再次申请</h2>");
    }

    @Test
    void nobody_else_opens_these_pages() {
        var id = refusedRequest();
        var bystander = visitor("legal.bystander", City.BUREAU, Role.REVIEWER);
        for (var step : List.of("extension", "dispute"))
            assertThat(bystander.get(page(id, step)).statusCode()).isEqualTo(404);
        assertThat(
                        bystander
                                .submit(
                                        "/substitutes",
                                        page(id, "negotiation"),
                                        Map.of("reason", "理由"))
                                .statusCode())
                .isEqualTo(404);
    }
}
