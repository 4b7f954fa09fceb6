package shuqiao.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import shuqiao.City;
import shuqiao.kernel.Role;
import shuqiao.kernel.ToDos;

@Tag("quick")
class PublicationTests extends CatalogGround {

    @Autowired List<ToDos> toDos;

    @Test
    void a_draft_from_a_table_becomes_a_published_resource() {
        var id = drafted();
        var draft = city.get(steward, PATH + "/" + id);
        assertThat(draft.<String>at("$.state")).isEqualTo("DRAFT");
        assertThat(draft.<String>at("$.description.name")).isEqualTo("村委会名录" + table);
        assertThat(draft.<List<String>>at("$.description.items[*].name"))
                .containsExactly("统计用区划代码", "名称", "联系人身份证号", "people", "seen");
        assertThat(draft.<List<String>>at("$.description.items[*].dataType"))
                .containsExactly("C", "C", "C", "I", "T");
        assertThat(draft.<Integer>at("$.description.items[0].length")).isEqualTo(12);
        assertThat(draft.<Boolean>at("$.description.items[0].key")).isTrue();
        assertThat(draft.<String>at("$.description.items[2].sensitivity")).isEqualTo("SENSITIVE");
        assertThat(draft.<String>at("$.mount.table")).isEqualTo(table);

        city.put(steward, PATH + "/" + id, complete(id));
        approve(id);
        var answer = step(authority, id, "publication", Map.of());

        assertThat(answer.<String>at("$.state")).isEqualTo("PUBLISHED");
        assertThat(answer.<String>at("$.code")).matches("3070210103/[0-9]{6}");
        var seen = city.get(police, PATH + "/" + id);
        assertThat(seen.<String>at("$.providerName")).isEqualTo("云泽市民政局");
        assertThat(seen.<String>at("$.publicationDate")).matches("\\d{4}-\\d{2}-\\d{2}");
        assertThat(seen.body()).doesNotContain("\"mount\"").contains("\"reviews\":[]");
        var published = catalog.published(id).orElseThrow();
        assertThat(published.fields()).hasSize(5);
        assertThat(published.fields().getFirst().type()).isEqualTo("character varying(12)");
        assertThat(published.range()).containsExactly(City.POLICE);
        assertThat(published.source()).isEqualTo(source);
        assertThat(published.current()).isTrue();
        assertThat(city.get(police, PATH + "/" + id + "/versions/1").<Boolean>at("$.current"))
                .isTrue();
    }

    @Test
    void what_is_missing_is_said_all_at_once() {
        var id =
                city.post(steward, PATH, Map.of("description", Map.of("name", "空目录" + table)))
                        .<Number>at("$.id")
                        .longValue();

        var answer = step(steward, id, "submission", Map.of());

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.<List<String>>at("$.errors[*].field"))
                .contains(
                        "classification",
                        "summary",
                        "formatKind",
                        "updateCycle",
                        "sharingKind",
                        "items",
                        "mount");
    }

    @Test
    void a_step_out_of_order_is_refused_naming_the_state() {
        var id = completed();

        var answer = step(reviewer, id, "department-review", Map.of("approve", true));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.<String>at("$.type")).isEqualTo("urn:shuqiao:catalog:not-now");
        assertThat(answer.<String>at("$.detail")).contains("草稿");
        assertThat(step(authority, id, "publication", Map.of()).status()).isEqualTo(409);
        assertThat(step(authority, id, "authority-review", Map.of("approve", true)).status())
                .isEqualTo(409);
        does(steward, id, "submission", Map.of());
        assertThat(city.put(steward, PATH + "/" + id, complete(id)).status()).isEqualTo(409);
        assertThat(step(steward, id, "submission", Map.of()).status()).isEqualTo(409);
    }

    @Test
    void roles_and_departments_hold_at_every_step() {
        var id = completed();

        assertThat(step(reviewer, id, "submission", Map.of()).status()).isEqualTo(403);
        assertThat(step(police, id, "submission", Map.of()).status()).isEqualTo(404);
        does(steward, id, "submission", Map.of());
        assertThat(step(steward, id, "department-review", Map.of("approve", true)).status())
                .isEqualTo(403);
        assertThat(step(police, id, "department-review", Map.of("approve", true)).status())
                .isEqualTo(404);
        assertThat(step(reviewer, id, "authority-review", Map.of("approve", true)).status())
                .isEqualTo(403);
        assertThat(city.get(police, PATH + "/" + id).status()).isEqualTo(404);
        assertThat(city.get(authority, PATH + "/" + id).status()).isEqualTo(404);
        does(reviewer, id, "department-review", Map.of("approve", true));
        assertThat(city.get(authority, PATH + "/" + id).status()).isEqualTo(200);
        assertThat(step(reviewer, id, "publication", Map.of()).status()).isEqualTo(403);
    }

    @Test
    void nobody_reviews_what_he_sent_himself() {
        var both = city.token(City.CIVIL_AFFAIRS, Role.STEWARD, Role.REVIEWER);
        var id = completed();
        does(both, id, "submission", Map.of());

        var answer = step(both, id, "department-review", Map.of("approve", true));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.<String>at("$.type"))
                .isEqualTo("urn:shuqiao:not-allowed:catalog-own-work");
        does(reviewer, id, "department-review", Map.of("approve", true));
    }

    @Test
    void a_return_needs_an_opinion_and_leads_back_to_the_steward() {
        var id = completed();
        does(steward, id, "submission", Map.of());
        assertThat(step(reviewer, id, "department-review", Map.of("approve", false)).status())
                .isEqualTo(422);
        does(reviewer, id, "department-review", Map.of("approve", false, "opinion", "摘要太短"));

        var resource = city.get(steward, PATH + "/" + id);
        assertThat(resource.<String>at("$.state")).isEqualTo("RETURNED");
        assertThat(resource.<String>at("$.reason")).isEqualTo("摘要太短");
        var actor = city.actor(City.CIVIL_AFFAIRS, Role.STEWARD);
        assertThat(toDos.stream().flatMap(room -> room.of(actor).stream()))
                .anySatisfy(toDo -> {
                    assertThat(toDo.path()).isEqualTo("/resources/" + id + "/edit");
                    assertThat(toDo.note()).contains("摘要太短");
                });
        approve(id);
        does(authority, id, "authority-review", Map.of("approve", false, "opinion", "再看看"));
        assertThat(city.get(steward, PATH + "/" + id).<String>at("$.state")).isEqualTo("RETURNED");
    }

    @Test
    void of_two_reviewers_who_decide_at_once_exactly_one_wins() throws Exception {
        var other = city.token(City.CIVIL_AFFAIRS, Role.REVIEWER, Role.STEWARD);
        for (int round = 0; round < 5; round++) {
            prepare();
            var id = completed();
            does(steward, id, "submission", Map.of());

            var answers =
                    together(
                            List.of(
                                    () ->
                                            step(
                                                    reviewer,
                                                    id,
                                                    "department-review",
                                                    Map.of("approve", true)),
                                    () ->
                                            step(
                                                    other,
                                                    id,
                                                    "department-review",
                                                    Map.of("approve", false, "opinion", "不"))));

            assertThat(answers.stream().map(City.Answer::status))
                    .containsExactlyInAnyOrder(200, 409);
            assertThat(
                            db.sql(
                                            "select count(*) from catalog.review where resource = :id and step like 'DEPARTMENT%'")
                                    .param("id", id)
                                    .query(Long.class)
                                    .single())
                    .isEqualTo(1);
        }
    }

    @Test
    void codes_are_given_once_each_without_gaps_when_many_are_published_at_once() throws Exception {
        var ids = new ArrayList<Long>();
        for (int i = 0; i < 8; i++) {
            prepare();
            ids.add(approved());
        }
        var before = last();

        var answers =
                together(
                        ids.stream()
                                .map(id ->
                                        (Callable<City.Answer>)
                                                () -> step(authority, id, "publication", Map.of()))
                                .toList());

        var codes = new HashSet<String>();
        for (var answer : answers) codes.add(answer.<String>at("$.code"));
        assertThat(codes).hasSize(8);
        assertThat(last()).isEqualTo(before + 8);
        does(authority, ids.getFirst(), "withdrawal", Map.of("reason", "停用"));
        prepare();
        assertThat(city.get(steward, PATH + "/" + published()).<String>at("$.code"))
                .isNotIn(codes)
                .endsWith("%06d".formatted(before + 9));
    }

    @Test
    void publishing_twice_at_once_gives_one_version_and_one_code() throws Exception {
        var id = approved();
        var other = city.token(City.BUREAU, Role.AUTHORITY, Role.STEWARD);
        var before = last();

        var answers =
                together(
                        List.of(
                                () -> step(authority, id, "publication", Map.of()),
                                () -> step(other, id, "publication", Map.of())));

        assertThat(answers.stream().map(City.Answer::status)).containsExactlyInAnyOrder(200, 409);
        assertThat(last()).isEqualTo(before + 1);
    }

    @Test
    void a_published_version_stays_while_the_next_is_made_and_never_changes() {
        var id = published();
        var code = city.get(steward, PATH + "/" + id).<String>at("$.code");
        does(steward, id, "new-version", Map.of());
        var next = complete(id);
        next.put("name", "新名称" + table);
        assertThat(city.put(steward, PATH + "/" + id, next).status()).isEqualTo(200);

        assertThat(city.get(steward, PATH + "/" + id).<Integer>at("$.version")).isEqualTo(2);
        assertThat(city.get(police, PATH + "/" + id).<Integer>at("$.version")).isEqualTo(1);
        assertThat(catalog.published(id).orElseThrow().version()).isEqualTo(1);
        next.put("classification", "307021");
        assertThat(city.put(steward, PATH + "/" + id, next).<String>at("$.errors[0].field"))
                .isEqualTo("classification");
        approve(id);
        does(authority, id, "publication", Map.of());
        var now = city.get(police, PATH + "/" + id);
        assertThat(now.<Integer>at("$.version")).isEqualTo(2);
        assertThat(now.<String>at("$.code")).isEqualTo(code);
        assertThat(catalog.version(id, 1).orElseThrow().current()).isFalse();
        assertThat(catalog.version(id, 1).orElseThrow().name()).isEqualTo("村委会名录" + table);
        assertThat(city.get(police, PATH + "/" + id + "/versions").<Integer>at("$.total"))
                .isEqualTo(2);
        for (var sql :
                List.of(
                        "update catalog.version set name = 'x'",
                        "delete from catalog.version",
                        "truncate catalog.version"))
            assertThatThrownBy(() -> db.sql(sql).update())
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("never changes");
    }

    @Test
    void a_withdrawn_resource_says_so() {
        var id = published();
        assertThat(step(steward, id, "withdrawal", Map.of("reason", "x")).status()).isEqualTo(403);
        assertThat(step(police, id, "withdrawal", Map.of("reason", "x")).status()).isEqualTo(403);
        assertThat(step(reviewer, id, "withdrawal", Map.of()).status()).isEqualTo(422);

        does(reviewer, id, "withdrawal", Map.of("reason", "职能调整"));

        assertThat(city.get(police, PATH + "/" + id).<String>at("$.state")).isEqualTo("WITHDRAWN");
        assertThat(city.get(police, PATH + "?q=" + table).<Integer>at("$.total")).isZero();
        assertThat(catalog.published(id).orElseThrow().withdrawn()).isTrue();
        assertThat(catalog.published(id).orElseThrow().current()).isFalse();
        assertThat(catalog.version(id, 1).orElseThrow().withdrawn()).isTrue();
        assertThat(step(steward, id, "new-version", Map.of()).status()).isEqualTo(409);
    }

    @Test
    void a_table_that_lost_a_column_changed_type_or_vanished_is_not_published() {
        var id = approved();
        CIVIL.run(
                "alter table %s drop column seen".formatted(table),
                "alter table %s alter column people type bigint".formatted(table));

        var answer = step(authority, id, "publication", Map.of());
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.<String>at("$.type")).isEqualTo("urn:shuqiao:catalog:table-changed");
        assertThat(answer.<List<String>>at("$.errors[*].field"))
                .containsExactly("items[3].column", "items[4].column");
        assertThat(answer.<String>at("$.errors[0].detail")).contains("integer").contains("bigint");

        CIVIL.run("drop table " + table);
        var gone = step(authority, id, "publication", Map.of());
        assertThat(gone.status()).isEqualTo(409);
        assertThat(gone.<String>at("$.type")).isEqualTo("urn:shuqiao:engine:table-vanished");
        assertThat(city.get(authority, PATH + "/" + id).<String>at("$.state"))
                .isEqualTo("APPROVED");
    }

    private long last() {
        return db.sql("select last from catalog.code_sequence where front = '3070210103'")
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    private static List<City.Answer> together(List<Callable<City.Answer>> all) throws Exception {
        var gate = new CyclicBarrier(all.size());
        try (var workers = Executors.newFixedThreadPool(all.size())) {
            var running =
                    all.stream()
                            .map(one ->
                                    workers.submit(() -> {
                                        gate.await();
                                        return one.call();
                                    }))
                            .toList();
            var answers = new ArrayList<City.Answer>();
            for (var one : running) answers.add(one.get());
            return answers;
        }
    }
}
