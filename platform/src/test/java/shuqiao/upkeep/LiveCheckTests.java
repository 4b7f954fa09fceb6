package shuqiao.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import shuqiao.City;

/** A mount is compared with its live table, and the catalog follows when its steward says so. */
class LiveCheckTests extends UpkeepGround {

    private static final String OPEN = "$.differences[*].kind";

    @Test
    void a_table_that_changes_becomes_differences_a_to_do_and_a_notice() {
        var id = published();
        assertThat(check(id).<List<String>>at(OPEN)).isEmpty();

        WATER.run(
                "alter table %s drop column people".formatted(table),
                "alter table %s add column depth numeric".formatted(table));
        var found = check(id);

        assertThat(found.<List<String>>at(OPEN))
                .containsExactlyInAnyOrder("COLUMN_LOST", "COLUMN_ADDED");
        assertThat(found.<String>at("$.differences[0].item")).isEqualTo("people");
        assertThat(told("up.steward")).contains("upkeep.differences");
        var keeper = visitor("up.steward");
        assertThat(keeper.get("/?all").body()).contains("处理「" + title + "」与库表的差异");
        assertThat(keeper.get("/resources/" + id).body())
                .contains("与库表有 2 处不一致", "/resources/" + id + "/differences");
        assertThat(visitor("up.user").get("/resources/" + id).body()).doesNotContain("不一致");
    }

    @Test
    void the_draft_follows_the_table_and_publishing_it_settles_the_differences() {
        var id = published();
        check(id);
        WATER.run(
                "alter table %s drop column people".formatted(table),
                "alter table %s alter code type varchar(20)".formatted(table),
                "alter table %s add column depth numeric".formatted(table));
        check(id);

        done(200, city.post(steward, RESOURCES + "/" + id + "/differences/draft", Map.of()));

        var items = items(words(id));
        assertThat(items)
                .extracting(it ->
                        it.get("column") + " " + it.get("columnType") + " " + it.get("shareable"))
                .containsExactly(
                        "code character varying(20) true",
                        "name text true",
                        "note text true",
                        "depth numeric false");
        publish(id);
        var after = check(id);
        assertThat(after.<List<String>>at(OPEN)).isEmpty();
        assertThat(after.<List<String>>at("$.settled[*].kind")).hasSize(3);
        assertThat(after.<Integer>at("$.version")).isEqualTo(2);
    }

    @Test
    void what_is_put_right_in_the_table_settles_itself() {
        var id = published();
        check(id);
        WATER.run("alter table %s rename column name to title".formatted(table));
        assertThat(check(id).<List<String>>at(OPEN)).contains("COLUMN_LOST", "COLUMN_ADDED");

        WATER.run("alter table %s rename column title to name".formatted(table));

        assertThat(check(id).<List<String>>at(OPEN)).isEmpty();
    }

    @Test
    void a_table_that_is_gone_is_a_difference_that_no_draft_can_follow() {
        var id = published();
        WATER.run("drop table " + table);

        assertThat(check(id).<List<String>>at(OPEN)).containsExactly("TABLE_GONE");

        var refused = city.post(steward, RESOURCES + "/" + id + "/differences/draft", Map.of());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.<String>at("$.type")).endsWith("upkeep:table-gone");
    }

    @Test
    void a_database_that_does_not_answer_is_no_difference() {
        var id = published();
        check(id);
        done(
                200,
                city.put(
                        steward,
                        "/api/v1/sources/" + source,
                        Map.of(
                                "name",
                                "库" + table,
                                "jdbcUrl",
                                "jdbc:postgresql://localhost:1/nowhere",
                                "username",
                                "nobody",
                                "password",
                                "nothing")));
        var change = "/api/v1/sources/" + source + "/address-change";
        done(
                200,
                city.post(
                        reviewer,
                        change + "/confirmation",
                        Map.of("change", city.get(reviewer, change).<Integer>at("$.id"))));

        var answer = check(id);

        assertThat(answer.<List<String>>at(OPEN)).isEmpty();
        assertThat(answer.<String>at("$.unreachable")).isNotBlank();
    }

    @Test
    void the_clock_takes_the_turn_of_every_mount_on_a_source() {
        var id = published();
        check(id);
        WATER.run("alter table %s drop column note".formatted(table));

        var asked = done(200, city.post(steward, "/api/v1/sources/" + source + "/check", Map.of()));
        assertThat(asked.<Integer>at("$.mounts")).isEqualTo(1);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> {
                    checks.turn(); // or the clock of the platform has taken it meanwhile
                    assertThat(
                                    city.get(steward, RESOURCES + "/" + id + "/differences")
                                            .<List<String>>at(OPEN))
                            .containsExactly("COLUMN_LOST");
                });
    }

    @Test
    void a_server_that_does_not_answer_is_asked_once_for_all_its_mounts_that_are_due()
            throws Exception {
        var one = published();
        var first = source;
        var other = published();
        check(one);
        check(other);
        try (var dead = new DeadServer()) {
            db.sql("update source.source set port = :port where id in (:one, :other)")
                    .param("port", dead.port())
                    .param("one", first)
                    .param("other", source)
                    .update();
            db.sql(
                            """
                            update upkeep.watch set source = :source, next_at = next_at - interval '3 days'
                            where resource in (:one, :other)
                            """)
                    .param("source", first)
                    .param("one", one)
                    .param("other", other)
                    .update();

            await().atMost(Duration.ofMinutes(1))
                    .until(() -> {
                        checks.turn();
                        return unreachable(one) && unreachable(other);
                    });
            assertThat(dead.asked()).isEqualTo(1);
        }
    }

    private boolean unreachable(long resource) {
        return db.sql("select outcome = 'UNREACHABLE' from upkeep.watch where resource = :id")
                .param("id", resource)
                .query(Boolean.class)
                .single();
    }

    /** Takes each connection and ends it without a word. */
    private static final class DeadServer implements AutoCloseable {

        private final java.net.ServerSocket door =
                new java.net.ServerSocket(0, 50, java.net.InetAddress.ofLiteral("127.0.0.1"));
        private final java.util.concurrent.atomic.AtomicInteger asked =
                new java.util.concurrent.atomic.AtomicInteger();

        DeadServer() throws java.io.IOException {
            Thread.ofVirtual()
                    .start(() -> {
                        while (!door.isClosed()) take();
                    });
        }

        private void take() {
            try (var _ = door.accept()) {
                asked.incrementAndGet();
            } catch (java.io.IOException closed) {
                // the test is over
            }
        }

        int port() {
            return door.getLocalPort();
        }

        int asked() {
            return asked.get();
        }

        @Override
        public void close() throws java.io.IOException {
            door.close();
        }
    }

    @Test
    void others_neither_see_nor_check_and_without_differences_nothing_is_drafted() {
        var id = published();
        var police = city.token(City.POLICE, shuqiao.kernel.Role.STEWARD);

        assertThat(city.get(police, RESOURCES + "/" + id + "/differences").status()).isEqualTo(403);
        assertThat(city.post(police, RESOURCES + "/" + id + "/check", Map.of()).status())
                .isEqualTo(403);
        assertThat(city.post(police, "/api/v1/sources/" + source + "/check", Map.of()).status())
                .isEqualTo(404);
        assertThat(
                        city.post(authority, RESOURCES + "/" + id + "/differences/draft", Map.of())
                                .status())
                .isEqualTo(403);
        assertThat(
                        city.post(steward, RESOURCES + "/" + id + "/differences/draft", Map.of())
                                .<String>at("$.type"))
                .endsWith("upkeep:no-differences");
    }

    @Test
    void the_page_shows_old_and_new_and_begins_the_draft() {
        var id = published();
        check(id);
        WATER.run("alter table %s alter people type bigint".formatted(table));
        var keeper = visitor("up.steward");
        var page = "/resources/" + id + "/differences";

        var checked = keeper.submit(page, page + "/check", Map.of());
        assertThat(checked.body())
                .contains("<del>integer</del>", "<ins>bigint</ins>", "类型改变", "生成新版本草稿");
        assertThat(keeper.get("/upkeep").body()).contains(title);
        assertThat(keeper.get(page + "?lang=en").body())
                .contains("Draft a new version")
                .doesNotContain("??");
        keeper.get("/?lang=zh");

        var draft = keeper.submit(page, page + "/draft", Map.of());

        assertThat(draft.uri().getPath()).isEqualTo("/resources/" + id + "/edit/items");
        assertThat(draft.body()).contains("people bigint");
    }
}
