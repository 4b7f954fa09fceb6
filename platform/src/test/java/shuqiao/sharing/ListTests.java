package shuqiao.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shuqiao.City;
import shuqiao.Visitor;
import shuqiao.kernel.Role;

/** Lists of documents: searched, narrowed, ordered, paged and exported, by the address alone. */
class ListTests extends SharingGround {

    private static final Pattern ROW = Pattern.compile("<tr role=\"row\">\\s*<td");
    private static final String PASSWORD = "Reader-2026-x!";

    private Visitor reader;

    @BeforeEach
    void log_in() {
        reader = city.visitor("police.lists", PASSWORD, City.POLICE, Role.STEWARD);
    }

    @Test
    void requests_are_found_by_number_and_name_and_stand_on_numbered_pages() {
        var resource = conditional();
        var ids =
                java.util.stream.LongStream.range(0, 21).map(_ -> drafted(ask(resource))).toArray();
        var first = read(police, ids[0]);
        String number = first.at("$.number");
        String title = first.at("$.title");
        var found = "/requests?q=" + java.net.URLEncoder.encode(title, StandardCharsets.UTF_8);

        assertThat(reader.get("/requests?q=" + number).body())
                .satisfies(this::one)
                .contains(number);
        assertThat(reader.get("/requests?q=%25").body()).contains("没有符合条件");
        var page = reader.get(found).body();
        assertThat(rows(page)).isEqualTo(20);
        assertThat(page).contains("共 21 件", "aria-current=\"page\" aria-label=\"第 1 页\"", "page=2");
        assertThat(reader.get(found + "&page=2").body()).satisfies(this::one).contains(number);
        assertThat(reader.get(found + "&sort=oldest").body().indexOf(number)).isPositive();
        for (var odd :
                List.of("&page=0", "&page=x", "&sort=x", "&page=-1", "&with=x%27", "&q=a%00"))
            assertThat(reader.get(found + odd).statusCode()).as(odd).isIn(200, 400);
        assertThat(rows(reader.get(found + "&page=999").body())).isEqualTo(1);
        assertThat(rows(reader.get(found + "&with=" + City.CIVIL_AFFAIRS).body())).isEqualTo(20);
        assertThat(reader.get(found + "&with=" + City.BUREAU).body()).contains("没有符合条件");
        assertThat(reader.get(found + "&lang=en").body())
                .contains("Name or number", "Export the list");
        assertThat(csv(found.replace("/requests?", "/requests/export.csv?")).lines()).hasSize(22);
    }

    @Test
    void every_list_has_the_same_search_order_and_export() {
        granted(conditional());
        for (var list : List.of("/requests", "/grants", "/runs", "/schedules")) {
            for (var sort : List.of("newest", "oldest", "name", "due"))
                assertThat(reader.get(list + "?sort=" + sort).statusCode())
                        .as(list + " " + sort)
                        .isEqualTo(200);
            assertThat(reader.get(list).body())
                    .as(list)
                    .contains("name=\"q\"", "name=\"with\"", "name=\"sort\"")
                    .doesNotContain("??");
            assertThat(reader.get(list + "?q=none-such").body()).as(list).contains("没有符合条件");
            assertThat(csv(list + "/export.csv?q=none-such").lines()).as(list).hasSize(1);
            assertThat(new Visitor(city).get(list + "/export.csv").uri().getPath())
                    .isEqualTo("/login");
        }
        assertThat(csv("/grants/export.csv")).startsWith("\uFEFF\"编号\"").contains("\"SY-");
    }

    private void one(String page) {
        assertThat(rows(page)).isEqualTo(1);
    }

    private static long rows(String page) {
        return ROW.matcher(page).results().count();
    }

    private String csv(String path) {
        return new String(reader.download(path), StandardCharsets.UTF_8);
    }
}
