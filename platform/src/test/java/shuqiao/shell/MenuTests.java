package shuqiao.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.Visitor;
import shuqiao.kernel.Actor;
import shuqiao.kernel.MenuEntry;
import shuqiao.kernel.Role;

/** The words of the main menu: few enough to be read at a glance, and each page two clicks away. */
@PlatformTest
class MenuTests {

    private static final String PASSWORD = "Bridge-2026-test";
    private static final int WORDS_MAX = 9;

    @Autowired City city;
    @Autowired List<MenuEntry> menu;

    private Visitor steward;

    @BeforeEach
    void a_steward_logs_in() {
        city.person("menu.steward", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        city.person("menu.reviewer", PASSWORD, City.CIVIL_AFFAIRS, Role.REVIEWER);
        steward = city.visitor("menu.steward", PASSWORD);
    }

    @Test
    void nobody_has_more_than_nine_words() {
        var all =
                List.of(
                        EnumSet.of(Role.STEWARD),
                        EnumSet.of(Role.REVIEWER),
                        EnumSet.of(Role.AUTHORITY),
                        EnumSet.of(Role.STEWARD, Role.REVIEWER),
                        EnumSet.of(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY),
                        EnumSet.of(Role.SYSTEM_ADMIN),
                        EnumSet.of(Role.SECURITY_ADMIN),
                        EnumSet.of(Role.AUDIT_ADMIN));
        for (var roles : all) assertThat(words(roles)).as("%s", roles).hasSizeBetween(2, WORDS_MAX);
    }

    private Set<String> words(EnumSet<Role> roles) {
        var actor = new Actor(Actor.Kind.PERSON, "x", "某某", City.CIVIL_AFFAIRS, roles);
        return menu.stream()
                .filter(entry -> entry.visibleTo(actor))
                .map(MenuEntry::word)
                .collect(Collectors.toSet());
    }

    @Test
    void a_word_that_stands_for_several_leads_to_each_of_them() {
        var first = nav(steward.get("/").body());
        assertThat(first).hasSize(1);
        assertThat(first.getFirst()).contains("目录治理").doesNotContain("目录质量");
        var path = first.getFirst().replaceAll("(?s).*href=\"([^\"]+)\"[^>]*>目录治理.*", "$1");

        var within = nav(steward.get(path).body());

        assertThat(within).hasSize(2);
        assertThat(within.getFirst()).containsPattern("aria-current=\"true\"[^>]*>目录治理");
        assertThat(within.getLast()).contains("/quality", "/one-source", "/upkeep");
        for (var page : List.of("/quality", "/one-source", "/upkeep")) {
            var here = nav(steward.get(page).body());
            assertThat(here).as(page).hasSize(2);
            assertThat(here.getLast())
                    .containsOnlyOnce("aria-current")
                    .containsPattern("href=\"" + page + "[^\"]*\" aria-current=\"page\"");
        }
    }

    @Test
    void where_the_menu_has_two_lines_no_tabs_stand_below() {
        for (var page :
                List.of(
                        "/quality",
                        "/one-source",
                        "/one-source?decided=true",
                        "/upkeep",
                        "/upkeep/grants",
                        "/upkeep/endings",
                        "/upkeep/freshness",
                        "/upkeep/survey")) {
            var answer = steward.get(page);
            assertThat(answer.statusCode()).as(page).isEqualTo(200);
            assertThat(nav(answer.body())).as(page).hasSize(2);
            assertThat(answer.body()).as(page).doesNotContain("class=\"tabs\"");
        }
        assertThat(steward.get("/upkeep/survey").body())
                .containsPattern(
                        "class=\"switches\"(?s:.)*href=\"/upkeep/survey\" aria-current=\"page\"");
    }

    @Test
    void elsewhere_the_menu_has_one_line() {
        assertThat(nav(steward.get("/resources").body()))
                .singleElement()
                .asString()
                .containsPattern("href=\"/resources\" aria-current=\"page\"");
    }

    /** The lines of the menu. */
    private static List<String> nav(String page) {
        return java.util.regex.Pattern.compile(
                        "<nav class=\"nav[ \"].*?</nav>", java.util.regex.Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(java.util.regex.MatchResult::group)
                .toList();
    }
}
