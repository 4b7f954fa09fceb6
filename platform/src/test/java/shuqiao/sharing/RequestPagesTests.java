package shuqiao.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shuqiao.City;
import shuqiao.Visitor;
import shuqiao.kernel.ListQuery;
import shuqiao.kernel.Role;

/** What departments do with requests, answers and grants in a browser without script. */
class RequestPagesTests extends SharingGround {

    @org.springframework.beans.factory.annotation.Autowired Readers readers;

    private static final String PASSWORD = "Pages-2026-x!";
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private Visitor asks;
    private Visitor sends;
    private Visitor accepts;
    private Visitor answers;
    private Visitor signs;

    @BeforeEach
    void people() {
        asks = visitor("rp.asks", City.POLICE, Role.STEWARD);
        sends = visitor("rp.sends", City.POLICE, Role.REVIEWER);
        accepts = visitor("rp.accepts", City.BUREAU, Role.AUTHORITY);
        answers = visitor("rp.answers", City.CIVIL_AFFAIRS, Role.STEWARD);
        signs = visitor("rp.signs", City.CIVIL_AFFAIRS, Role.REVIEWER);
    }

    @Test
    void a_form_tells_what_can_be_had_and_when_the_answer_is_due() {
        var resource = conditional();

        var page = asks.get("/requests/new?resource=" + resource).body();

        assertThat(page)
                .contains("name=\"fields\" value=\"code\"")
                .doesNotContain("name=\"fields\" value=\"secret\"")
                .contains("目录规定不予共享")
                .contains("最迟 2026-10-15 答复")
                .contains("国发〔2016〕51号 第十二条");
        words(page);
        words(asks.get("/requests/new?resource=" + resource + "&lang=en").body());
        asks.get("/?lang=zh");
    }

    @Test
    void where_no_answer_is_needed_the_form_says_so() {
        var resource = published("UNCONDITIONAL", List.of());

        assertThat(asks.get("/requests/new?resource=" + resource).body())
                .contains("提交后直接授权，不需要等待答复")
                .doesNotContain("最迟");
    }

    @Test
    void one_more_condition_keeps_what_was_typed() {
        var resource = conditional();
        var typed = new ArrayList<>(form(resource));
        typed.add(Map.entry("row-field", "born"));
        typed.add(Map.entry("row-op", "between"));
        typed.add(Map.entry("row-value", "2000-01-01、2010-01-01"));

        var page = asks("/requests/new", typed, "add").body();

        assertThat(page)
                .contains("户籍地址核对")
                .contains("2000-01-01、2010-01-01")
                .contains("value=\"remove-1\"");
        typed.add(Map.entry("row-field", ""));
        typed.add(Map.entry("row-op", "eq"));
        typed.add(Map.entry("row-value", ""));
        assertThat(asks("/requests/new", typed, "remove-0").body())
                .doesNotContain("2000-01-01、2010-01-01")
                .doesNotContain("value=\"remove-1\"");
    }

    @Test
    void bad_input_keeps_what_was_typed_and_says_where() {
        var resource = conditional();
        var typed =
                new ArrayList<>(
                        form(resource).stream()
                                .filter(it -> !it.getKey().equals("basis"))
                                .filter(it -> !it.getKey().equals("fields"))
                                .toList());

        var none = asks("/requests/new", typed, "save");
        var all = new ArrayList<>(typed);
        all.removeIf(it -> it.getKey().equals("purpose") || it.getKey().equals("purposeText"));
        all.add(Map.entry("row-field", "people"));
        all.add(Map.entry("row-op", "eq"));
        all.add(Map.entry("row-value", "二"));
        all.add(Map.entry("row-field", "code"));
        all.add(Map.entry("row-op", "eq"));
        all.add(Map.entry("row-value", ""));
        var everything = asks("/requests/new", all, "save").body();
        assertThat(everything)
                .as("all faults of the form in one round")
                .contains(
                        "href=\"#fields\"",
                        "href=\"#purpose\"",
                        "href=\"#purposeText\"",
                        "href=\"#basis\"",
                        "href=\"#filter\"");
        typed.add(Map.entry("fields", "code"));
        typed.add(Map.entry("row-field", "people"));
        typed.add(Map.entry("row-op", "gt"));
        typed.add(Map.entry("row-value", "很多"));
        typed.add(Map.entry("basis", "《户口登记条例》第三条"));
        var wrong = asks("/requests/new", typed, "save");

        assertThat(none.statusCode()).isEqualTo(422);
        assertThat(none.body()).contains("请勾选至少一个信息项").contains("户籍地址核对");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body())
                .contains("href=\"#filter\"")
                .contains("id=\"filter-fault\"")
                .contains("value=\"很多\"")
                .contains("「people」只能填整数，例如 2");
        words(wrong.body());
    }

    @Test
    void a_request_is_written_changed_sent_accepted_answered_and_its_grant_ended() {
        var resource = conditional();
        CIVIL.run(
                "insert into %s values ('1', '李明远', 3, '1990-03-07', 'x'), ('2', '王芳', 4, '1980-01-02', 'y')"
                        .formatted(table));
        var saved = asks("/requests/new", form(resource), "save");
        assertThat(saved.body()).contains("草稿已保存");
        var id = Long.parseLong(saved.uri().getPath().replaceAll("\\D", ""));
        var request = "/requests/" + id;
        assertThat(answers.get(request).statusCode()).isEqualTo(404);

        var edit = asks.get(request + "/edit").body();
        assertThat(edit).contains("户籍地址核对").contains("value=\"code\" checked");
        var typed = new ArrayList<>(form(resource));
        typed.add(Map.entry("matter", "户籍地址标准化"));
        assertThat(post(asks, request + "/edit", request + "/edit", typed, "save").body())
                .contains("修改已保存")
                .contains("户籍地址标准化");

        assertThat(asks.get(request).body()).doesNotContain("/sending\"");
        assertThat(post(sends, request, request + "/sending", List.of(), "").body())
                .contains("已提交")
                .contains("aria-current=\"step\"");
        assertThat(post(accepts, request, request + "/acceptance", List.of(), "").body())
                .contains("已受理");

        var decision = request + "/decision";
        var open = answers.get(decision).body();
        assertThat(open).contains("李明远").contains("2 行").contains("2026-10-15");
        words(open);
        var answer =
                new ArrayList<>(
                        List.of(
                                Map.entry("outcome", "GRANT_IN_PART"),
                                Map.entry("fields", "code"),
                                Map.entry("fields", "name"),
                                Map.entry("mask-name", "name"),
                                Map.entry("row-field", "people"),
                                Map.entry("row-op", "gt"),
                                Map.entry("row-value", "3"),
                                Map.entry("from", "2026-09-24"),
                                Map.entry("until", "2027-09-23")));
        var preview = post(answers, decision, decision, answer, "preview").body();
        assertThat(preview).contains("王*").doesNotContain("王芳").contains("1 行").contains("不提供");
        var lacking = post(answers, decision, decision, answer, "submit");
        assertThat(lacking.statusCode()).isEqualTo(422);
        assertThat(lacking.body())
                .contains("href=\"#why-born\"")
                .contains("写明「born」不同意的理由")
                .contains("<option value=\"name\" selected");
        answer.add(Map.entry("why-born", "用途不需要"));
        answer.add(Map.entry("opinion", "同意用于核对。"));
        assertThat(post(answers, decision, decision, answer, "draft").body()).contains("草稿已保存");
        assertThat(answers.get(request + "/letter").body()).contains("草稿，未经审核").contains("同意用于核对。");
        assertThat(asks.get(request + "/letter").statusCode()).isEqualTo(404);
        assertThat(answers.get(request + "/letter.pdf").statusCode()).isEqualTo(200);
        assertThat(asks.get(request + "/letter.pdf").statusCode()).isEqualTo(404);
        answer.removeFirst();
        assertThat(post(answers, decision, decision, answer, "submit").body())
                .as("an item that is not given makes it in part, without being said twice")
                .contains("已提交部门审核", "结果记为「部分同意」", "修改拟答复");
        assertThat(asks.get(request).body()).doesNotContain("同意用于核对");

        var proposed = signs.get(decision).body();
        assertThat(proposed).contains("王*").contains("用途不需要").contains("同意拟答复");
        words(proposed);
        var revision = field(proposed, "revision");
        var sign = request + "/signature";
        var back = List.of(Map.entry("revision", revision));
        assertThat(post(signs, decision, sign, back, "back").statusCode()).isEqualTo(422);
        assertThat(
                        post(
                                        signs,
                                        decision,
                                        sign,
                                        List.of(
                                                Map.entry("revision", revision),
                                                Map.entry("reason", "期限再短一些")),
                                        "back")
                                .body())
                .contains("已退回数据专员修改");
        assertThat(answers.get(decision).body()).contains("用途不需要").contains("期限再短一些");
        assertThat(asks.get(request).body()).doesNotContain("期限再短一些").doesNotContain("退回专员");
        assertThat(city.get(police, REQUESTS + "/" + id).body())
                .doesNotContain("期限再短一些")
                .doesNotContain("同意用于核对");
        post(answers, decision, decision, answer, "submit");
        assertThat(post(signs, decision, sign, back, "agree").statusCode()).isEqualTo(409);
        var fresh = field(signs.get(decision).body(), "revision");
        assertThat(
                        post(signs, decision, sign, List.of(Map.entry("revision", fresh)), "agree")
                                .body())
                .contains("答复已作出");

        var letter = asks.get(request + "/letter").body();
        assertThat(letter)
                .contains("经研究，部分同意")
                .contains("只留第一个字")
                .contains("born：用途不需要")
                .doesNotContain("王*")
                .doesNotContain("草稿");
        words(letter);
        var path = link(asks.get(request).body(), "/grants/\\d+");
        words(asks.get(path).body());
        words(asks.get("/grants").body());
        assertThat(asks.get(path).body())
                .contains("只留第一个字", "库表和文件执行同一范围")
                .doesNotContain("/revocation");
        var end = path + "/revocation";
        assertThat(signs.get(end).body()).contains("正在进行的运行停止");
        assertThat(post(signs, end, end, List.of(), "").statusCode()).isEqualTo(422);
        assertThat(post(signs, end, end, List.of(Map.entry("reason", "停止使用")), "").body())
                .contains("已终止")
                .contains("停止使用");
    }

    @Test
    void a_refusal_names_its_basis_and_tells_what_can_be_done() {
        var id = sent(ask(conditional()));
        step(authority, id, "acceptance", Map.of());
        var decision = "/requests/" + id + "/decision";
        var answer =
                new ArrayList<>(
                        List.of(
                                Map.entry("outcome", "REFUSE"),
                                Map.entry("reason", "法律不允许"),
                                Map.entry("basis", "《某法》第二十条")));

        var lacking = post(answers, decision, decision, answer, "submit");
        answer.add(Map.entry("basisKind", "LAW"));
        post(answers, decision, decision, answer, "submit");
        var fresh = field(signs.get(decision).body(), "revision");
        post(
                signs,
                decision,
                "/requests/" + id + "/signature",
                List.of(Map.entry("revision", fresh)),
                "agree");

        assertThat(lacking.statusCode()).isEqualTo(422);
        assertThat(lacking.body()).contains("href=\"#basisKind\"").contains("《某法》第二十条");
        assertThat(asks.get("/requests/" + id + "/letter").body())
                .contains("不同意提供")
                .contains("《某法》第二十条")
                .contains("可以与我单位协商");
    }

    @Test
    void the_authority_returns_it_and_the_consumer_sees_what_is_missing() {
        var id = sent(ask(conditional()));
        var path = "/requests/" + id + "/return";

        var lacking = post(accepts, path, path, List.of(), "");
        var done = post(accepts, path, path, List.of(Map.entry("reason", "请补充依据")), "");

        assertThat(lacking.statusCode()).isEqualTo(422);
        assertThat(done.body()).contains("计时中止");
        assertThat(asks.get("/requests/" + id).body())
                .contains("请补充依据")
                .contains("/requests/" + id + "/edit");
    }

    @Test
    void taken_back_it_can_be_changed_the_clock_stands_and_the_prepared_answer_is_void() {
        var id = prepared(ask(conditional()));
        time.set("2026-09-28");
        var path = "/requests/" + id + "/amendment";

        var page = post(asks, path, path, List.of(Map.entry("reason", "少要一项")), "");

        assertThat(page.uri().getPath()).isEqualTo("/requests/" + id + "/edit");
        var read = read(police, id);
        assertThat(read.<String>at("$.state")).isEqualTo("DRAFT");
        assertThat(read.<String>at("$.proposal")).isEmpty();
        assertThat(read.<String>at("$.clock.state")).isEqualTo("PAUSED");
        refused(
                tries(reviewer, id, "decision", Map.of("outcome", "GRANT")),
                409,
                "sharing:not-now");
        step(super.signs, id, "sending", Map.of());
        assertThat(read(police, id).<String>at("$.clock.state")).isEqualTo("RUNNING");
    }

    @Test
    void withdrawing_asks_before_and_ends_it() {
        var id = sent(ask(conditional()));
        var path = "/requests/" + id + "/withdrawal";

        assertThat(asks.get(path).body()).contains("不能恢复").contains("保留申请");
        assertThat(post(asks, path, path, List.of(), "").body()).contains("已撤回，申请终结");
        assertThat(asks.get(path).statusCode()).isEqualTo(200);
        var again = post(asks, path, path, List.of(), "");
        assertThat(again.statusCode()).isEqualTo(409);
        // nothing on the form could be changed for it
        assertThat(again.body()).contains("没有办成").doesNotContain("处需要修改");
    }

    @Test
    void others_neither_read_nor_act() {
        var id = prepared(ask(conditional()));
        var request = "/requests/" + id;
        var stranger = visitor("rp.stranger", City.BUREAU, Role.STEWARD, Role.REVIEWER);

        for (var path : List.of("", "/letter", "/decision", "/withdrawal", "/edit"))
            assertThat(stranger.get(request + path).statusCode()).as(path).isEqualTo(404);
        assertThat(asks.get(request + "/decision").statusCode()).isEqualTo(403);
        assertThat(answers.get(request + "/withdrawal").statusCode()).isEqualTo(200);
        assertThat(post(asks, request, request + "/sending", List.of(), "").statusCode())
                .isEqualTo(403);
        assertThat(
                        post(
                                        answers,
                                        request + "/withdrawal",
                                        request + "/withdrawal",
                                        List.of(),
                                        "")
                                .statusCode())
                .isEqualTo(403);
        assertThat(accepts.get(request + "/decision").statusCode()).isEqualTo(403);
    }

    @Test
    void the_last_request_can_be_copied_for_another_resource() {
        asks("/requests/new", form(conditional()), "save");

        var page = asks.get("/requests/new?resource=" + conditional() + "&copy=last").body();

        assertThat(page)
                .contains("户籍地址核对")
                .contains("请逐项核对")
                .doesNotContain("\" checked><span><span>code");
    }

    @Test
    void every_number_is_as_long_as_its_list() {
        sent(ask(conditional()));
        granted(conditional());
        for (var actor :
                List.of(
                        city.actor(City.POLICE, Role.STEWARD, Role.REVIEWER),
                        city.actor(City.CIVIL_AFFAIRS, Role.STEWARD),
                        city.actor(City.BUREAU, Role.AUTHORITY))) {
            for (var part : Readers.Part.values()) {
                var asked = Readers.Asked.all(part);
                assertThat(sharing.count(actor, asked))
                        .as(part.name())
                        .isEqualTo(sharing.exported(actor, asked, ListQuery.NONE).size());
            }
            for (var part : Grants.Part.values()) {
                var asked = new Grants.Asked(part, null);
                assertThat(grants.count(actor, asked))
                        .as(part.name())
                        .isEqualTo(grants.exported(actor, asked, ListQuery.NONE).size());
            }
        }
        for (var part :
                List.of(
                        "",
                        "?part=mine",
                        "?part=own",
                        "?part=received",
                        "?part=open",
                        "?part=ended",
                        "?part=own&result=refused",
                        "?late=true")) words(asks.get("/requests" + part).body());
    }

    @Test
    void results_add_up_to_their_segment_and_what_is_late_can_be_listed() {
        var late = sent(ask(conditional()));
        step(authority, late, "acceptance", Map.of());
        time.set("2026-10-16");
        sent(ask(conditional()));
        granted(conditional());
        for (var actor :
                List.of(
                        city.actor(City.POLICE, Role.STEWARD),
                        city.actor(City.CIVIL_AFFAIRS, Role.REVIEWER),
                        city.actor(City.BUREAU, Role.AUTHORITY)))
            for (var part : List.of(Readers.Part.ALL, Readers.Part.OWN, Readers.Part.RECEIVED)) {
                var results = readers.results(actor, part);
                for (var result : Readers.Result.values())
                    assertThat(
                                    sharing.listed(
                                                    actor,
                                                    new Readers.Asked(part, result, false),
                                                    ListQuery.NONE)
                                            .total())
                            .as(part + " " + result)
                            .isEqualTo(results.getOrDefault(result, 0L));
            }

        var provider = city.actor(City.CIVIL_AFFAIRS, Role.STEWARD);
        var overdue = new Readers.Asked(Readers.Part.RECEIVED, null, true);
        assertThat(sharing.exported(provider, overdue, ListQuery.NONE))
                .extracting(Request::id)
                .contains(late);
        step(steward, late, "preparation", Map.of("proposal", "拟同意"));
        step(reviewer, late, "decision", Map.of("outcome", "GRANT"));
        assertThat(sharing.exported(provider, overdue, ListQuery.NONE))
                .extracting(Request::id)
                .doesNotContain(late);
    }

    private HttpResponse<String> asks(
            String path, List<Map.Entry<String, String>> typed, String button) {
        var resource =
                typed.stream()
                        .filter(it -> it.getKey().equals("resource"))
                        .findFirst()
                        .orElseThrow()
                        .getValue();
        return post(asks, path + "?resource=" + resource, path, typed, button);
    }

    private static List<Map.Entry<String, String>> form(long resource) {
        return List.of(
                Map.entry("resource", String.valueOf(resource)),
                Map.entry("fields", "code"),
                Map.entry("fields", "name"),
                Map.entry("fields", "born"),
                Map.entry("purpose", "DATA_VERIFICATION"),
                Map.entry("purposeText", "户籍地址核对"),
                Map.entry("basis", "《户口登记条例》第三条"),
                Map.entry("from", "2026-09-24"),
                Map.entry("until", "2027-09-23"));
    }

    private static HttpResponse<String> post(
            Visitor visitor,
            String page,
            String action,
            List<Map.Entry<String, String>> typed,
            String button) {
        var token = TOKEN.matcher(visitor.get(page).body());
        assertThat(token.find()).as(page).isTrue();
        var all = new ArrayList<>(typed);
        all.add(Map.entry("_csrf", token.group(1)));
        if (!button.isEmpty()) all.add(Map.entry("do", button));
        return visitor.post(
                action,
                all.stream()
                        .map(it -> encoded(it.getKey()) + "=" + encoded(it.getValue()))
                        .collect(Collectors.joining("&")));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Visitor visitor(String name, String organization, Role... roles) {
        return city.visitor(name, PASSWORD, organization, roles);
    }

    private static String field(String page, String name) {
        return link(page, "name=\"" + name + "\" value=\"(\\d+)\"").replaceAll("\\D", "");
    }

    private static String link(String page, String pattern) {
        var found = Pattern.compile(pattern).matcher(page);
        assertThat(found.find()).as(pattern).isTrue();
        return found.group();
    }

    /** No key stands in for its word. */
    private static void words(String page) {
        assertThat(page)
                .doesNotContain("??")
                .doesNotContain("sharing.")
                .doesNotContain("grants.part");
    }
}
