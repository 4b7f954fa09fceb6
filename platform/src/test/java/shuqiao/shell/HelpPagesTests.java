package shuqiao.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.Visitor;
import shuqiao.kernel.Role;

/** Help for everybody, the API as people read it, and forms that say what is missing. */
@PlatformTest
class HelpPagesTests {

    private static final Pattern PART = Pattern.compile("href=\"(/help/api\\?of=[^\"&]+)\"");

    private static final String PASSWORD = "Bridge-2026-test";

    @Autowired City city;

    @Test
    void a_visitor_finds_help_the_statement_on_accessibility_and_the_list_of_operations() {
        var visitor = new Visitor(city);
        assertThat(visitor.get("/help").body())
                .contains("无障碍声明", "WCAG 2.2", "联系", "href=\"/help\"", "href=\"/help/api\"");
        assertThat(visitor.get("/help?lang=en").body()).contains("Accessibility statement");
    }

    @Test
    void the_page_of_the_api_lists_each_operation_of_its_document() {
        var document = JsonPath.parse(city.get(null, "/api/v1/openapi.json").body());
        List<String> operations = document.read("$.paths.*.*.operationId");

        var visitor = new Visitor(city);
        var page = visitor.get("/help/api").body();
        for (var part : PART.matcher(page).results().toList())
            page += visitor.get(part.group(1)).body();

        assertThat(operations).hasSizeGreaterThan(50);
        assertThat(page).contains("/api/v1/openapi.json").doesNotContain("<script src=\"http");
        for (var operation : operations) assertThat(page).contains(">" + operation + "<");
        assertThat(page)
                .as("each group by a word of the trade")
                .contains("用户与程序")
                .doesNotContain("??");
    }

    @Test
    void a_form_says_which_field_is_missing_in_the_summary_and_beside_the_field() {
        var steward = city.visitor("hp-steward", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);

        var page = steward.submit("/sources/new", "/sources", Map.of()).body();

        assertThat(page).contains("href=\"#name\">请填写「名称」</a>", "<span>请填写「名称」</span>");
        assertThat(page).doesNotContain(">请填写<");
        var security = city.visitor("hp-security", PASSWORD, City.BUREAU, Role.SECURITY_ADMIN);
        assertThat(security.submit("/admin/users", "/admin/users", Map.of()).body())
                .as("boxes of a page's own, too")
                .contains("请选择「角色」")
                .doesNotContain(">请填写<");
        steward.get("/preferences?lang=en");
        assertThat(steward.submit("/sources/new", "/sources", Map.of()).body())
                .contains("Fill in: ");
    }
}
