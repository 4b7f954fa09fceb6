package shuqiao.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.Visitor;
import shuqiao.kernel.Role;

/** What is too large is answered by us, wherever the server meets it first. */
@PlatformTest
class TooLargeTests {

    private static final String PASSWORD = "Bridge-2026-large";
    private static final int MB = 1024 * 1024;

    /** Beyond one file; beyond the request; both are met at different places. */
    private static final List<Integer> SIZES = List.of(20 * MB + 1, 25 * MB);

    @Autowired City city;

    private Visitor comes(String username, Role role) {
        return city.visitor(username, PASSWORD, City.BUREAU, role);
    }

    @Test
    void a_file_in_a_form_is_refused_by_a_page_of_ours_with_the_limit() {
        var system = comes("large.system", Role.SYSTEM_ADMIN);
        var page = "/admin/organizations/import";
        for (var size : SIZES) {
            var answer = system.upload(page, page, "file", "部门.xlsx", new byte[size]);

            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body())
                    .contains("内容太大，没有收下，最多 20 MB", "lang=\"zh-CN\"", "class=\"wrap mishap\"")
                    .as("the frame knows its reader")
                    .contains("large.system", "/logout");
        }
        system.get("/?lang=en");
        assertThat(system.upload(page, page, "file", "x.xlsx", new byte[SIZES.getLast()]).body())
                .contains("the most is 20 MB", "lang=\"en\"")
                .doesNotContain("??");
    }

    @Test
    void every_form_with_a_file_answers_so() {
        var steward = comes("large.steward", Role.STEWARD);
        for (var action : List.of("/requests/1/attachments", "/ledger/verification"))
            for (var size : SIZES) {
                var answer = steward.upload("/ledger", action, "file", "x.pdf", new byte[size]);

                assertThat(answer.statusCode()).as(action).isEqualTo(413);
                assertThat(answer.body()).as(action).contains("最多 20 MB");
            }
    }

    @Test
    void a_file_just_within_the_limit_is_taken() {
        var system = comes("large.system", Role.SYSTEM_ADMIN);
        var page = "/admin/organizations/import";

        assertThat(system.upload(page, page, "file", "x.xlsx", new byte[20 * MB]).statusCode())
                .isEqualTo(422);
    }

    @Test
    void the_page_leads_back_to_the_form_and_never_elsewhere() throws Exception {
        assertThat(sent("/ledger/verification", city.url() + "/ledger?x=1").body())
                .contains("href=\"/ledger\"");
        assertThat(sent("/ledger/verification", "https://elsewhere.example/ledger").body())
                .doesNotContain("返回上一页");
        assertThat(sent("/ledger/verification", "not an address").body()).doesNotContain("返回上一页");
    }

    @Test
    void a_form_of_too_much_text_is_told_its_own_limit() {
        var steward = comes("large.steward", Role.STEWARD);

        var answer = steward.post("/preferences", "theme=" + "x".repeat(3 * MB));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("最多 2 MB");
    }

    @Test
    void a_program_gets_a_problem_document_with_the_limit() throws Exception {
        var token = city.token(City.BUREAU, Role.STEWARD);
        for (var size : SIZES) {
            var answer =
                    HttpClient.newHttpClient()
                            .send(
                                    multipart("/api/v1/requests/1/attachments", size)
                                            .header("Authorization", "Bearer " + token)
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                    .startsWith("application/problem+json");
            assertThat(answer.body()).contains("urn:shuqiao:too-large", "20 MB");
        }
    }

    private HttpResponse<String> sent(String path, String from) throws Exception {
        var cookies =
                comes("large.steward", Role.STEWARD).cookies().entrySet().stream()
                        .map(it -> it.getKey() + "=" + it.getValue())
                        .collect(Collectors.joining("; "));
        return HttpClient.newHttpClient()
                .send(
                        multipart(path, 25 * MB)
                                .header("Referer", from)
                                .header("Cookie", cookies)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder multipart(String path, int size) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(
                "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.pdf\"\r\n\r\n"
                        .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(new byte[size]);
        body.writeBytes("\r\n--x--\r\n".getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create(city.url() + path))
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
    }
}
