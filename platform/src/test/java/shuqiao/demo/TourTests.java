package shuqiao.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.Visitor;
import shuqiao.kernel.Role;
import shuqiao.shell.SiteSettings;

/** The guided tour, as somebody without script takes it. */
@PlatformTest
class TourTests {

    private static final String PASSWORD = "Bridge-2026-tour";
    private static final String CARD = "guide-title";

    @Autowired City city;
    @Autowired SiteSettings site;

    @BeforeEach
    void it_is_a_demo() {
        city.person("tourist", PASSWORD, City.POLICE, Role.STEWARD);
        city.person("hurried", PASSWORD, City.POLICE, Role.REVIEWER);
        city.person("keeper", PASSWORD, City.BUREAU, Role.SYSTEM_ADMIN);
        site.put(SiteSettings.DEMO, "true");
    }

    @AfterEach
    void and_no_longer() {
        site.put(SiteSettings.DEMO, "false");
    }

    @Test
    void it_leads_a_newcomer_through_the_chain_and_may_be_taken_again() {
        var newcomer = visitor("tourist");
        assertThat(newcomer.get("/").body())
                .contains("第一站", "1 / 5", "跳过导览", "href=\"/resources\"");
        assertThat(newcomer.get("/preferences").body()).doesNotContain(CARD);
        assertThat(newcomer.get("/resources").body()).contains("第一站", "看下一站");
        for (var stop : List.of("第二站", "第三站", "第四站", "第五站"))
            assertThat(newcomer.submit("/", "/tour/next", Map.of()).body()).contains(stop);
        assertThat(newcomer.get("/ledger?lang=en").body()).contains("Stop 5", "End the tour");
        assertThat(newcomer.submit("/", "/tour/next", Map.of()).body()).doesNotContain(CARD);
        assertThat(newcomer.submit("/", "/tour/again", Map.of()).body()).contains(CARD, "Stop 1");
    }

    @Test
    void who_skips_it_is_not_asked_again() {
        var hurried = visitor("hurried");
        assertThat(hurried.submit("/", "/tour/skip", Map.of()).body()).doesNotContain(CARD);
        assertThat(visitor("hurried").get("/").body()).doesNotContain(CARD);
    }

    @Test
    void it_is_only_for_who_works_with_data_in_a_demo_city() {
        assertThat(visitor("keeper").get("/").body()).doesNotContain(CARD, "/tour/again");
        assertThat(new Visitor(city).get("/").body()).doesNotContain(CARD);
        var somebody = visitor("tourist");
        site.put(SiteSettings.DEMO, "false");
        assertThat(somebody.get("/").body()).doesNotContain(CARD, "/tour/again");
    }

    private Visitor visitor(String username) {
        return city.visitor(username, PASSWORD);
    }
}
