package shuqiao.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.City;
import shuqiao.Visitor;
import shuqiao.engine.proof.PublicKeys;
import shuqiao.engine.proof.ReceiptVerifier;
import shuqiao.kernel.Role;

/** What people see of runs: the list, the progress, the receipt; how they start and stop one. */
@Tag("slow")
class RunPagesTests extends ExchangeGround {

    @Autowired RunEvents windows;

    private static final String PASSWORD = "Bridge-2026-runs";

    @Autowired shuqiao.engine.embedded.Home home;

    private Visitor police;

    @BeforeEach
    void login() {
        city.person("runs-police", PASSWORD, City.POLICE, Role.STEWARD);
        city.person("runs-civil", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        city.person("runs-bureau", PASSWORD, City.BUREAU, Role.STEWARD);
        police = visitor("runs-police");
    }

    private Visitor visitor(String username) {
        return city.visitor(username, PASSWORD);
    }

    private long target() {
        return source(consumer, CONSUMER, Map.of());
    }

    @Test
    void a_delivered_run_shows_its_steps_its_figures_and_leads_to_its_receipt() throws Exception {
        var run = run(grant(table(1_234), Map.of()), target(), "page_delivered");
        delivered(run);

        var page = police.get("/runs/" + run);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("已送达", "1,234", "出具回执", "/runs/" + run + "/receipt", "新建了目标表")
                .doesNotContain("??", "/cancellation");
        assertThat(police.get("/runs/" + run + "?lang=en").body())
                .contains("delivered", "1,234 rows")
                .doesNotContain("??");
    }

    @Test
    void what_is_granted_is_the_consumers_to_do_until_the_first_delivery() throws Exception {
        var grant = grant(table(20), Map.of());
        var door = "/runs/new?grant=" + grant;
        var grantPage = police.get("/grants/" + grant).body();
        var request = "/requests/" + grantPage.replaceAll("(?s).*/requests/(\\d+)\".*", "$1");
        var resource = "/resources/" + grantPage.replaceAll("(?s).*/resources/(\\d+)\".*", "$1");
        assertThat(police.get("/?all").body())
                .contains(door, "接入已获授权的")
                .doesNotContain("目前没有等你办理的事");
        assertThat(police.get(request).body()).contains(door, "接入");
        assertThat(visitor("runs-civil").get(request).body()).doesNotContain(door);
        assertThat(police.get(resource).body())
                .contains("已获授权 ", "/grants/" + grant, "查看授权")
                .doesNotContain("/requests/new");
        assertThat(visitor("runs-bureau").get(resource).body())
                .contains("/requests/new", "申请使用")
                .doesNotContain("已获授权 ");

        var number = grantPage.replaceAll("(?s).*(SY-\\d{4}-\\d+).*", "$1");
        assertThat(police.get(door).body())
                .as("a name that no other grant proposes")
                .contains("value=\"" + number.toLowerCase(java.util.Locale.ROOT).replace('-', '_'));

        var run = run(grant, target(), "page_first");
        delivered(run);

        assertThat(police.get("/?all").body()).doesNotContain(door);
        assertThat(police.get(request).body()).doesNotContain("\"" + door + "\"");
        assertThat(police.get("/grants/" + grant).body())
                .containsPattern(">JH-\\d{4}-\\d+<")
                .doesNotContain(">" + run + "<");
    }

    @Test
    void the_receipt_is_checked_on_its_page_and_downloads_as_what_the_offline_check_takes()
            throws Exception {
        var run = run(grant(table(20), Map.of()), target(), "page_receipt");
        delivered(run);

        var page = police.get("/runs/" + run + "/receipt");
        var file = police.get("/runs/" + run + "/receipt.json");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("回执有效，6 项核验全部通过", "计 <strong>20</strong> 行")
                .doesNotContain("class=\"failed\"", "??");
        assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
                .contains("attachment", "-receipt.json");
        var keys = PublicKeys.parse(Files.readString(home.keys().resolve("public.json")));
        assertThat(ReceiptVerifier.verify(file.body(), keys).isValid()).isTrue();
    }

    @Test
    void a_run_under_way_tells_its_open_pages_and_ends_the_stream_with_it() throws Exception {
        var run =
                run(
                        grant(table(60_000), Map.of("maxMegabytesPerSecond", 1.5)),
                        target(),
                        "page_live");
        awaitState(run, "RUNNING");

        var part = police.get("/runs/" + run + "/progress");
        var events = events(run);

        assertThat(part.body())
                .contains("class=\"run-live\"", "data-over=\"false\"")
                .doesNotContain("<html");
        assertThat(events).contains("event:changed", "\"state\":\"DELIVERED\"", "\"over\":true");
        assertThat(police.get("/runs/" + run).body())
                .as("the chart of what was measured on the way, with its numbers")
                .contains("<polyline", "数据表");
    }

    @Test
    void one_reader_takes_five_places_at_the_live_window_and_not_those_of_others()
            throws Exception {
        var run =
                run(
                        grant(table(300_000), Map.of("maxMegabytesPerSecond", 0.5)),
                        target(),
                        "page_window");
        awaitState(run, "RUNNING");
        var before = windows.free();
        var open = new java.util.ArrayList<HttpClient>();
        try {
            for (var i = 0; i < 12; i++) {
                var client = HttpClient.newHttpClient();
                open.add(client);
                client.sendAsync(request(run), HttpResponse.BodyHandlers.ofInputStream());
            }
            await().until(() -> windows.free() == before - RunEvents.LISTENERS_OF_ONE_MAX);
            assertThat(events(run)).as("the next one is told to come again").contains(":busy");
            assertThat(windows.free()).isEqualTo(before - RunEvents.LISTENERS_OF_ONE_MAX);
        } finally {
            police.submit(
                    "/runs/" + run + "/cancellation",
                    "/runs/" + run + "/cancellation",
                    Map.of("reason", "测试"));
            open.forEach(HttpClient::shutdownNow);
        }
        await().atMost(java.time.Duration.ofSeconds(20)).until(() -> windows.free() == before);
    }

    private HttpRequest request(String run) {
        var cookies =
                police.cookies().entrySet().stream()
                        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                        .collect(Collectors.joining("; "));
        return HttpRequest.newBuilder(URI.create(city.url() + "/runs/" + run + "/events"))
                .header("Accept", "text/event-stream")
                .header("Cookie", cookies)
                .build();
    }

    /** All that the stream says until it ends. */
    private String events(String run) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request(run), HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    @Test
    void a_run_is_stopped_on_a_page_that_says_what_happens_and_wants_a_reason() throws Exception {
        var run =
                run(
                        grant(table(300_000), Map.of("maxMegabytesPerSecond", 0.5)),
                        target(),
                        "page_cancelled");
        awaitState(run, "RUNNING");
        var path = "/runs/" + run + "/cancellation";

        assertThat(police.get("/runs/" + run).body()).contains(path);
        var without = police.submit(path, path, Map.of("reason", " "));
        assertThat(without.statusCode()).isEqualTo(422);
        assertThat(without.body()).contains("id=\"reason-fault\"");
        assertThat(state(run)).isEqualTo("RUNNING");

        assertThat(police.submit(path, path, Map.of("reason", "口径有误")).body()).contains("一秒内停止");
        awaitState(run, "CANCELLED");
        db.sql("update identity.person set name = '李强' where username = 'runs-police'").update();
        assertThat(police.get("/runs/" + run).body())
                .contains("口径有误")
                .containsPattern("已取消[^<]*口径有误(?s:.){0,200}李强");
        assertThat(police.get(path).statusCode()).isEqualTo(409);
    }

    @Test
    void a_delivery_is_started_by_a_form_that_keeps_what_was_typed_when_it_is_refused()
            throws Exception {
        var grant = grant(table(9), Map.of());
        var target = target();
        var form = "/runs/new?grant=" + grant;

        var refused =
                police.submit(
                        form,
                        "/runs",
                        Map.of(
                                "grant",
                                "" + grant,
                                "target",
                                "" + target,
                                "schema",
                                "nowhere",
                                "table",
                                "<b>by_form</b>"));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("nowhere", "&lt;b&gt;by_form&lt;/b&gt;");

        var started =
                police.submit(
                        form,
                        "/runs",
                        Map.of(
                                "grant",
                                "" + grant,
                                "target",
                                "" + target,
                                "schema",
                                "public",
                                "table",
                                "by_form"));
        assertThat(started.uri().getPath()).startsWith("/runs/");
        await().until(() -> exists("by_form") && "9".equals(count("by_form")));
    }

    @Test
    void each_number_above_the_list_is_the_length_of_its_list() throws Exception {
        var grant = grant(table(3), Map.of());
        var target = target();
        delivered(run(grant, target, "counted"));
        delivered(run(grant, target, "counted"));

        var page = police.get("/runs?state=DELIVERED&grant=" + grant).body();

        assertThat(page).contains("共 2 次运行", "<small>2</small>");
        assertThat(page.split("JH-2026-", -1)).hasSize(1 + 2);
    }

    @Test
    void the_code_on_a_receipt_leads_a_stranger_to_its_place_in_the_log_and_to_nothing_in_it()
            throws Exception {
        var run = run(grant(table(20), Map.of()), target(), "page_code");
        delivered(run);
        var file = police.get("/runs/" + run + "/receipt.json").body();
        var stranger = new Visitor(city);

        var page = stranger.get("/ledger/receipts/" + run);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("这份回执在存证日志中", run, "叶子摘要")
                .doesNotContain("page_code", "sha256:", City.CIVIL_AFFAIRS, City.POLICE, "SY-");
        assertThat(page.headers().allValues("Set-Cookie")).isEmpty();
        for (var none : new String[] {"JH-2026-000001", "x", UUID.randomUUID().toString()})
            assertThat(stranger.get("/ledger/receipts/" + none).statusCode())
                    .as(none)
                    .isEqualTo(404);
        var checked =
                stranger.post(
                        "/ledger/verification",
                        "receipt=" + java.net.URLEncoder.encode(file, StandardCharsets.UTF_8));
        assertThat(checked.body()).contains("回执有效", run, City.CIVIL_AFFAIRS);
    }

    @Test
    void nobody_else_sees_a_run_its_progress_or_its_receipt() throws Exception {
        var run = run(grant(table(2), Map.of()), target(), "page_hidden");
        delivered(run);
        var stranger = visitor("runs-bureau");

        for (var path : new String[] {"", "/progress", "/events", "/receipt", "/receipt.json"})
            assertThat(stranger.get("/runs/" + run + path).statusCode()).as(path).isEqualTo(404);
        assertThat(visitor("runs-civil").get("/runs/" + run + "/receipt").statusCode())
                .isEqualTo(200);
        assertThat(new Visitor(city).get("/runs/" + run).uri().getPath()).isEqualTo("/login");
    }

    @Test
    void a_failed_run_waits_for_both_sides_until_a_newer_one_delivers() throws Exception {
        var table = table(5);
        var grant = grant(table, Map.of());
        var target = target();
        var run = run(grant, target, "troubled");
        delivered(run);
        db.sql(
                        """
                        update exchange.run set state = 'FAILED', receipt = null, entry = null, failure_key = 'engine:x',
                            failure_zh = '目标库磁盘已满', failure_en = 'the target is full' where id = :id
                        """)
                .param("id", run)
                .update();

        for (var username : new String[] {"runs-police", "runs-civil"})
            assertThat(visitor(username).get("/").body()).contains("/runs/" + run, "目标库磁盘已满");

        delivered(run(grant, target, "troubled"));
        assertThat(police.get("/").body()).doesNotContain("href=\"/runs/" + run + "\"><strong>");
    }
}
