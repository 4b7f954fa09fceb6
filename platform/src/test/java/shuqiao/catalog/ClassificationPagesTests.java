package shuqiao.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.Visitor;
import shuqiao.kernel.Role;

/** The tree of classification as the data authority sees it and adds to it. */
@PlatformTest
class ClassificationPagesTests {

    private static final String PASSWORD = "Bridge-2026-test";
    private static final String PATH = "/classification";

    @Autowired City city;

    private Visitor authority;

    @BeforeEach
    void the_data_authority_logs_in() {
        authority = city.visitor("cl-authority", PASSWORD, City.BUREAU, Role.AUTHORITY);
    }

    @Test
    void the_tree_is_walked_level_by_level() {
        assertThat(authority.get(PATH).body()).contains("?under=1", "部门信息资源");
        assertThat(authority.get(PATH + "?under=3").body()).contains("党中央", "两位数字，本地的项从 50 到 99");
        assertThat(authority.get(PATH + "?under=999").statusCode()).isEqualTo(404);
    }

    @Test
    void a_local_node_is_added_and_a_wrong_code_is_told() {
        var wrong = add(Map.of("under", "2", "nodeCode", "13", "name", "城市运行"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("错误：", "50 到 99", "城市运行");

        var added = add(Map.of("under", "2", "nodeCode", "87", "name", "城市运行测试"));
        assertThat(added.body()).contains("分类已新增", "287", "本地");

        assertThat(add(Map.of("under", "2", "nodeCode", "87", "name", "另一个")).statusCode())
                .isEqualTo(409);
    }

    @Test
    void it_is_the_data_authoritys_alone() {
        var other = city.visitor("cl-system", PASSWORD, City.BUREAU, Role.SYSTEM_ADMIN);

        assertThat(other.get(PATH).statusCode()).isEqualTo(403);
    }

    private java.net.http.HttpResponse<String> add(Map<String, String> fields) {
        return authority.submit(PATH + "?under=2", PATH, fields);
    }
}
