package shuqiao;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shuqiao.exchange.ExchangeGround;
import shuqiao.kernel.Role;

/**
 * Who decides saw a version of the resource. When another one is published before the answer is
 * sent, nothing is given of what nobody looked at, and what was typed stays.
 */
class ShownVersionTests extends ExchangeGround {

    private static final String PASSWORD = "Bridge-2026-shown";
    private static final String OPINION = "同意，限于核验";

    private String reviewer;
    private String receiver;
    private String authority;
    private long resource;

    @BeforeEach
    void prepare() {
        reviewer = city.token(City.CIVIL_AFFAIRS, Role.REVIEWER);
        receiver = city.token(City.POLICE, Role.REVIEWER);
        authority = city.token(City.BUREAU, Role.AUTHORITY);
        city.person("shown-steward", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        city.person("shown-reviewer", PASSWORD, City.CIVIL_AFFAIRS, Role.REVIEWER);
    }

    private static City.Answer ok(City.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isIn(200, 201);
        return answer;
    }

    private Visitor visitor(String name) {
        return city.visitor(name, PASSWORD);
    }

    private int accepted() throws Exception {
        resource = resource(source(steward, PROVIDER, Map.of()), table(3), "CONDITIONAL");
        var id = draft(resource, Map.of());
        ok(city.post(receiver, "/api/v1/requests/" + id + "/sending", Map.of()));
        ok(city.post(authority, "/api/v1/requests/" + id + "/acceptance", Map.of()));
        return id;
    }

    private void nextVersion() {
        var path = "/api/v1/resources/" + resource;
        var yes = Map.of("approve", true, "opinion", "同意");
        ok(city.post(steward, path + "/new-version", Map.of()));
        ok(city.post(steward, path + "/submission", Map.of()));
        ok(city.post(reviewer, path + "/department-review", yes));
        ok(city.post(authority, path + "/authority-review", yes));
        ok(city.post(authority, path + "/publication", Map.of()));
    }

    private List<Integer> granted() {
        return db.sql("select version from sharing.\"grant\" where resource = :resource")
                .param("resource", resource)
                .query(Integer.class)
                .list();
    }

    private static void told(City.Answer refused) {
        assertThat(refused.status()).as(refused.body()).isEqualTo(409);
        assertThat(refused.<String>at("$.type"))
                .isEqualTo("urn:shuqiao:catalog:superseded-meanwhile");
        assertThat(refused.<String>at("$.detail")).contains("第 2 版", "第 1 版");
    }

    @Test
    void a_program_that_names_the_version_it_saw_is_refused_on_another() throws Exception {
        var id = accepted();
        var path = "/api/v1/requests/" + id;
        ok(city.post(steward, path + "/preparation", Map.of("proposal", "拟同意")));
        nextVersion();

        told(city.post(reviewer, path + "/decision", Map.of("outcome", "GRANT", "version", 1)));

        assertThat(granted()).isEmpty();
        ok(city.post(reviewer, path + "/decision", Map.of("outcome", "GRANT", "version", 2)));
        assertThat(granted()).containsExactly(2);
    }

    @Test
    void so_is_one_that_sends_what_is_granted_at_once() throws Exception {
        resource = resource(source(steward, PROVIDER, Map.of()), table(3));
        var path = "/api/v1/requests/" + draft(resource, Map.of()) + "/sending";
        nextVersion();

        told(city.post(receiver, path, Map.of("version", 1)));

        assertThat(granted()).isEmpty();
        ok(city.post(receiver, path, Map.of()));
        assertThat(granted()).containsExactly(2);
    }

    @Test
    void the_page_of_a_steward_says_so_and_keeps_what_was_typed() throws Exception {
        var id = accepted();
        var path = "/requests/" + id + "/decision";
        var writer = visitor("shown-steward");
        var form = new HashMap<String, String>();
        form.put("outcome", "GRANT_IN_PART");
        form.put("fields", "id");
        for (var column : List.of("name", "amount", "note")) form.put("why-" + column, "用途不需要");
        form.put("opinion", OPINION);
        form.put("do", "submit");
        form.put("version", shown(writer.get(path).body()));
        nextVersion();

        var refused = writer.submit(path, path, form);

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("刚发布了第 2 版，您看到的是第 1 版", OPINION, "用途不需要");
        form.put("version", shown(refused.body()));
        assertThat(form).containsEntry("version", "2");
        assertThat(writer.submit(path, path, form).body()).doesNotContain("刚发布了第 2 版");
    }

    @Test
    void who_signs_a_prepared_answer_saw_a_version_too() throws Exception {
        var id = accepted();
        var path = "/requests/" + id;
        var writer = visitor("shown-steward");
        var form = new HashMap<String, String>();
        form.put("outcome", "GRANT_IN_PART");
        form.put("fields", "id");
        for (var column : List.of("name", "amount", "note")) form.put("why-" + column, "用途不需要");
        form.put("opinion", OPINION);
        form.put("do", "submit");
        form.put("version", "1");
        writer.submit(path + "/decision", path + "/decision", form);
        var signer = visitor("shown-reviewer");
        var page = signer.get(path + "/decision").body();
        assertThat(page).contains("name=\"revision\"").doesNotContain("刚发布了");
        var agreed = new HashMap<String, String>();
        agreed.put("revision", hidden(page, "revision"));
        agreed.put("version", shown(page));
        agreed.put("do", "agree");
        agreed.put("reason", "另行抄送");
        nextVersion();

        var refused = signer.submit(path + "/decision", path + "/signature", agreed);

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("刚发布了第 2 版，您看到的是第 1 版", "另行抄送");
        assertThat(granted()).isEmpty();
        assertThat(signer.get(path + "/decision").body())
                .as("prepared under the version before")
                .contains("刚发布了第 2 版");
        agreed.put("version", "2");
        signer.submit(path + "/decision", path + "/signature", agreed);
        assertThat(granted()).containsExactly(2);
    }

    private static String shown(String page) {
        return hidden(page, "version");
    }

    private static String hidden(String page, String name) {
        var found =
                java.util.regex.Pattern.compile("name=\"" + name + "\"[^>]*value=\"([^\"]*)\"")
                        .matcher(page);
        assertThat(found.find()).as(name).isTrue();
        return found.group(1);
    }
}
