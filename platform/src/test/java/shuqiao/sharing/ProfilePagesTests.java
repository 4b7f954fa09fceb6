package shuqiao.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.Visitor;
import shuqiao.kernel.Role;

/** The legal profiles as the system administrator compares and chooses them. */
@PlatformTest
class ProfilePagesTests {

    private static final String PASSWORD = "Bridge-2026-test";
    private static final String PATH = "/admin/legal-profile";

    @Autowired City city;
    @Autowired Profiles profiles;

    private Visitor system;

    @BeforeEach
    void the_system_administrator_logs_in() {
        system = city.visitor("pp-system", PASSWORD, City.BUREAU, Role.SYSTEM_ADMIN);
        if (profiles.inForce().filter(it -> it.code().equals("SEED_2017")).isEmpty())
            system.submit(PATH, PATH, Map.of("code", "SEED_2017"));
    }

    @Test
    void a_profile_is_compared_rule_by_rule_before_it_is_chosen() {
        assertThat(system.get(PATH).body())
                .contains(
                        "现行口径是「政务信息资源共享管理暂行办法",
                        "SEED_2017 v1",
                        "待核",
                        "10 个工作日",
                        "adoption?code=REG_2025");

        assertThat(system.get(PATH + "/adoption?code=REG_2025").body())
                .contains("条规则不同", "自提交起计时", "自受理起计时", "有变化", "待核");

        assertThat(
                        system.submit(
                                        PATH + "/adoption?code=REG_2025",
                                        PATH,
                                        Map.of("code", "REG_2025"))
                                .body())
                .contains("已选用", "现行口径是「政务数据共享条例");
        system.submit(PATH, PATH, Map.of("code", "SEED_2017"));
    }

    @Test
    void what_is_in_force_or_unknown_is_not_chosen_again() {
        assertThat(system.get(PATH + "/adoption?code=SEED_2017").statusCode()).isEqualTo(404);
        assertThat(system.get(PATH + "/adoption?code=NONE").statusCode()).isEqualTo(404);
        assertThat(system.submit(PATH, PATH, Map.of("code", "NONE")).statusCode()).isEqualTo(404);
    }

    @Test
    void it_is_the_system_administrators_alone() {
        var other = city.visitor("pp-security", PASSWORD, City.BUREAU, Role.SECURITY_ADMIN);

        for (var path : new String[] {PATH, PATH + "/adoption?code=REG_2025"})
            assertThat(other.get(path).statusCode()).as(path).isEqualTo(403);
    }
}
