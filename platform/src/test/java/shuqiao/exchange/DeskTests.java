package shuqiao.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import shuqiao.City;
import shuqiao.Visitor;
import shuqiao.kernel.Role;

/** The desk of everybody: each number opens a list that is as long as the number says. */
@Tag("slow")
class DeskTests extends ExchangeGround {

    private static final String PASSWORD = "Bridge-2026-desk";

    private static final Pattern FIGURE = Pattern.compile("<a [^>]*data-figure[^>]*>");
    private static final Pattern HREF = Pattern.compile(" href=\"([^\"]+)\"");
    private static final Pattern NUMBER = Pattern.compile(" data-number=\"(\\d+)\"");
    private static final Pattern NEXT =
            Pattern.compile("href=\"([^\"]*[?&;](?:after|page)=[^\"]+)\"[^>]*>下一页<");
    private static final Pattern TOTAL = Pattern.compile("共 ([0-9,]+) [个件次条项]");

    /** A longer list is believed its own total: walking it would take too long. */
    private static final int WALKED_MAX = 400;

    /** What the rows of each list link to. */
    private static final Map<String, String> ROWS =
            Map.of(
                    "/requests", "/requests/\\d+",
                    "/grants", "/grants/\\d+",
                    "/late", "/requests/\\d+",
                    "/runs", "/runs/[0-9a-f-]{36}",
                    "/resources", "/resources/\\d+",
                    "/admin/organizations", "/admin/organizations/[0-9A-Z]{18}",
                    "/admin/users", "/admin/users/[^\"/?]+",
                    "/audit", "/audit/entries/\\d+");

    record Shown(String path, long number) {}

    private final Map<String, Visitor> people = new LinkedHashMap<>();

    /** A consumer of its own: a desk shows few of many requests, and others ask for the police. */
    @BeforeEach
    void everybody_logs_in() {
        consumerCode = city.department("DKK000001", "云泽市台账局");
        consumer = city.token(consumerCode, Role.STEWARD);
        comes("desk.consumer", consumerCode, Role.STEWARD);
        comes("desk.consumer.head", consumerCode, Role.REVIEWER);
        comes("desk.provider", City.CIVIL_AFFAIRS, Role.STEWARD);
        comes("desk.provider.head", City.CIVIL_AFFAIRS, Role.REVIEWER);
        comes("desk.authority", City.BUREAU, Role.AUTHORITY);
        comes("desk.authority.head", City.BUREAU, Role.AUTHORITY, Role.REVIEWER);
        comes("desk.system", City.BUREAU, Role.SYSTEM_ADMIN);
        comes("desk.security", City.BUREAU, Role.SECURITY_ADMIN);
        comes("desk.audit", City.BUREAU, Role.AUDIT_ADMIN);
    }

    private void comes(String username, String organization, Role... roles) {
        var visitor = city.visitor(username, PASSWORD, organization, roles);
        people.put(username, visitor);
    }

    /** Something of every kind: drafts, requests on their way and ended, grants, runs. */
    private void a_working_day() throws Exception {
        var from = table(12);
        var source = source(steward, PROVIDER, Map.of());
        var resource = resource(source, from);
        var grant = request(resource, Map.of());
        delivered(run(grant, source(consumer, CONSUMER, Map.of()), "desk_" + from));
        city.post(
                steward,
                "/api/v1/resources",
                Map.of("source", source, "schema", "public", "table", table(1)));
        asked(resource(source, table(2)));
        var other = asked(resource(source, table(2)));
        city.post(consumer, "/api/v1/requests/" + other + "/withdrawal", Map.of());
    }

    private long asked(long resource) {
        var answer =
                city.post(
                        consumer,
                        "/api/v1/requests",
                        Map.of(
                                "resource", resource,
                                "purpose", "BUSINESS_COOPERATION",
                                "purposeText", "测试",
                                "basis", "国发〔2016〕51号",
                                "until",
                                        LocalDate.now(shuqiao.kernel.Clock.ZONE)
                                                .plusYears(1)
                                                .toString()));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.<Integer>at("$.id");
    }

    @Test
    void every_number_opens_a_list_of_that_length_for_everybody() throws Exception {
        a_working_day();
        for (var person : people.entrySet()) {
            var shown = figures(person.getValue().get("/").body());

            assertThat(shown).as(person.getKey()).isNotEmpty();
            for (var figure : shown)
                assertThat(length(person.getValue(), figure))
                        .as(person.getKey() + " " + figure.path())
                        .isEqualTo(figure.number());
        }
    }

    @Test
    void a_department_sees_its_own_catalog_requests_grants_and_runs() throws Exception {
        a_working_day();
        var month = LocalDate.now(shuqiao.kernel.Clock.ZONE).toString().substring(0, 7);
        assertThat(paths("desk.consumer"))
                .contains(
                        "/requests?part=own",
                        "/requests?part=own&result=underway",
                        "/requests?part=own&result=withdrawn",
                        "/grants?part=effective&side=used",
                        "/runs?on=" + month,
                        "/runs?state=DELIVERED&on=" + month);
        assertThat(paths("desk.provider"))
                .contains(
                        "/resources?mine=true",
                        "/resources?mine=true&state=DRAFT",
                        "/resources?mine=true&state=PUBLISHED",
                        "/requests?part=received&result=granted",
                        "/grants?part=effective&side=provided");
    }

    @Test
    void the_authority_sees_the_city_and_administrators_see_what_is_theirs() throws Exception {
        a_working_day();
        assertThat(paths("desk.authority"))
                .contains(
                        "/resources",
                        "/resources?provider=" + City.CIVIL_AFFAIRS,
                        "/requests",
                        "/grants?part=effective")
                .noneMatch(path -> path.contains("part=own") || path.contains("mine="));
        assertThat(paths("desk.system"))
                .contains("/admin/organizations", "/admin/organizations?level=CITY")
                .allMatch(path -> path.startsWith("/admin/organizations"));
        assertThat(paths("desk.security"))
                .contains("/admin/users", "/admin/users?role=STEWARD")
                .allMatch(path -> path.startsWith("/admin/users"));
        assertThat(paths("desk.audit"))
                .isNotEmpty()
                .allMatch(path -> path.startsWith("/audit?from="));
    }

    @Test
    void the_desk_has_words_for_all_it_shows_in_both_languages() throws Exception {
        a_working_day();
        for (var person : people.entrySet())
            for (var language : List.of("en", "zh")) {
                var page = person.getValue().get("/?lang=" + language);
                assertThat(page.statusCode()).as(person.getKey()).isEqualTo(200);
                assertThat(page.body()).as(person.getKey()).doesNotContain("??", "to-do.");
            }
        assertThat(people.get("desk.consumer").get("/").body())
                .contains("等本部门审核并提交", "我的申请", "今日交换", "已送达");
        assertThat(people.get("desk.consumer.head").get("/").body()).contains("审核并提交使用「资源 ");
    }

    @Test
    void somebody_of_a_department_without_anything_is_told_what_to_do_first() {
        comes("desk.new", City.BUREAU, Role.STEWARD);

        assertThat(people.get("desk.new").get("/").body())
                .contains("href=\"/resources/new\"", "先登记数据源", "没有在办的申请", "今天还没有交换");
    }

    @Test
    void runs_are_narrowed_to_a_day_or_a_month_and_nonsense_is_passed_over() throws Exception {
        a_working_day();
        var police = people.get("desk.consumer");

        assertThat(rows(police.get("/runs?on=2020-01-01").body(), "/runs")).isEmpty();
        assertThat(rows(police.get("/runs?on=2020-01").body(), "/runs")).isEmpty();
        assertThat(rows(police.get("/runs?on=today").body(), "/runs")).isNotEmpty();
        for (var nonsense : List.of("2026-13", "x", "9999-01-01", "0001-01", "2026-1-1"))
            assertThat(police.get("/runs?on=" + nonsense).statusCode()).isEqualTo(200);
        assertThat(police.get("/requests?result=x&late=x&part=x").statusCode()).isEqualTo(200);
        assertThat(police.get("/grants?side=x").statusCode()).isEqualTo(200);
    }

    private List<String> paths(String person) {
        return figures(people.get(person).get("/").body()).stream().map(Shown::path).toList();
    }

    private static List<Shown> figures(String page) {
        var figures = new ArrayList<Shown>();
        var links = FIGURE.matcher(page);
        while (links.find()) {
            var href = HREF.matcher(links.group());
            var number = NUMBER.matcher(links.group());
            assertThat(href.find() && number.find()).as(links.group()).isTrue();
            figures.add(
                    new Shown(
                            href.group(1).replace("&amp;", "&"), Long.parseLong(number.group(1))));
        }
        return figures;
    }

    private static long length(Visitor visitor, Shown figure) {
        var list = figure.path().replaceAll("\\?.*", "");
        var found = new HashSet<String>();
        var path = figure.path();
        for (int number = 1; ; number++) {
            var answer = visitor.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            if (figure.number() > WALKED_MAX) {
                var total = TOTAL.matcher(answer.body());
                assertThat(total.find()).as(path).isTrue();
                return Long.parseLong(total.group(1).replace(",", ""));
            }
            if (!found.addAll(rows(answer.body(), list))) return found.size();
            var next = NEXT.matcher(main(answer.body()));
            if (next.find()) path = next.group(1).replace("&amp;", "&");
            else if (list.equals("/resources"))
                path =
                        figure.path()
                                + (figure.path().contains("?") ? "&" : "?")
                                + "page="
                                + (number + 1);
            else return found.size();
        }
    }

    private static Set<String> rows(String page, String list) {
        var rows = new HashSet<String>();
        var links = Pattern.compile("href=\"(" + ROWS.get(list) + ")\"").matcher(main(page));
        while (links.find()) rows.add(links.group(1));
        rows.remove("/resources/new");
        return rows;
    }

    /** Without the frame, whose links to another language carry the place in the list as well. */
    private static String main(String page) {
        return page.substring(page.indexOf("<main"), page.indexOf("</main"));
    }
}
