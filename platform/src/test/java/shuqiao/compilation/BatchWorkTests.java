package shuqiao.compilation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.catalog.Catalog;
import shuqiao.catalog.Description;
import shuqiao.catalog.Item;
import shuqiao.catalog.Resource;
import shuqiao.catalog.Reviews;
import shuqiao.catalog.SharingKind;
import shuqiao.catalog.Stage;
import shuqiao.catalog.UpdateCycle;
import shuqiao.engine.embedded.ScratchPostgres;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Role;

/** One step for many: from tables to drafts, changed together, submitted and reviewed together. */
class BatchWorkTests extends ImportGround {

    private static final ScratchPostgres.Database TABLES = ScratchPostgres.shared().newDatabase();
    private static final String BATCH = BatchPages.PATH;

    @Autowired BatchWork work;
    @Autowired Reviews reviews;
    @Autowired TableDrafts tables;

    @Test
    void fifty_tables_become_fifty_drafts_and_what_is_taken_is_told() {
        var source = source();
        var names = new HashSet<String>();
        for (int i = 0; i < 50; i++) {
            names.add("bulk_" + i);
            TABLES.run(
                    "create table if not exists bulk_%d (id int primary key, name varchar(30))"
                            .formatted(i),
                    "comment on table bulk_%d is '批量表%d'".formatted(i, i),
                    "comment on column bulk_%d.name is '姓名'".formatted(i));
        }

        var drafted = tables.draft(actor, source, "public", names);

        assertThat(drafted).hasSize(50).allSatisfy(it -> assertThat(it.draft()).isNotNull());
        var one = drafted("批量表7");
        assertThat(one.mount().orElseThrow().table()).isEqualTo("bulk_7");
        assertThat(one.description().items().getFirst().key()).isTrue();
        assertThat(one.description().items().get(1).name()).isEqualTo("姓名");
        assertThat(one.description().items().get(1).length()).isEqualTo(30);
        var again = tables.draft(actor, source, "public", Set.of("bulk_7", "no_such"));
        assertThat(again).hasSize(2).allSatisfy(it -> assertThat(it.refusal()).isNotNull());
        assertThat(steward.get("/resources/tables?source=" + source + "&schema=public").body())
                .contains("bulk_7", "批量表7", "由勾选的表生成草稿");
        var page =
                steward.submit(
                        "/resources/tables?source=" + source,
                        "/resources/tables",
                        Map.of("source", "" + source, "schema", "public", "tables", "bulk_8"));
        assertThat(page.body()).contains("已生成 0 个草稿，1 张表没有生成", "本部门已有名为「批量表8」的目录");
    }

    @Test
    void what_a_table_has_no_draft_of_is_told_before_it_is_ticked() {
        TABLES.run(
                "drop table if exists odd_none, odd_uncarried, odd_granted",
                "create table odd_none ()",
                "create table odd_uncarried (a regclass)",
                "create table odd_granted (id int primary key, name text, secret text)",
                "revoke all on odd_granted from current_user",
                "grant select (id, name) on odd_granted to current_user");
        var source = source();

        var list = "/resources/tables?source=" + source + "&schema=public&q=odd_";
        for (var path : List.of(list, "/resources/new" + list.substring(list.indexOf('?')))) {
            var page = steward.get(path).body();
            assertThat(page).contains("没有列，不能编目", "没有可共享的信息项", "3 列中有 1 列没有读取权限");
            assertThat(page).containsPattern("value=\"odd_none\"[^>]* disabled");
            assertThat(page).doesNotContainPattern("value=\"odd_granted\"[^>]* disabled");
        }
        assertThat(steward.get("/sources/" + source + "?schema=public&q=odd_").body())
                .contains("没有列，不能编目", "没有可共享的信息项", "3 列中有 1 列没有读取权限");
        assertThat(steward.get("/sources/" + source + "?schema=public&table=odd_granted").body())
                .containsPattern("secret</span><small[^>]*>没有");

        var drafted =
                steward.submit(
                        list,
                        "/resources/tables",
                        Map.of("source", "" + source, "schema", "public", "tables", "odd_granted"));

        assertThat(drafted.body()).contains("已生成 1 个草稿", "1 列没有读取权限，未编入");
        assertThat(drafted("odd_granted").description().items())
                .extracting(Item::column)
                .containsExactly("id", "name");
    }

    @Test
    void columns_that_differ_in_capitals_only_are_told_apart_in_the_draft() {
        TABLES.run(
                "create table if not exists capitals (\"ID\" int primary key, id int, \"Id\" text, \"iD\" text)");

        var drafted = tables.draft(actor, source(), "public", Set.of("capitals")).getFirst();

        assertThat(drafted.refusal()).isNull();
        assertThat(drafted("capitals").description().items())
                .extracting(Item::name)
                .containsExactly("ID", "id（id）", "Id（Id）2", "iD（iD）3");
    }

    @Test
    void the_class_is_that_of_the_other_entries() {
        imported(upload(book(entry("低保对象信息"))));
        TABLES.run("create table if not exists likely (id int primary key)");

        var drafted = tables.draft(actor, source(), "public", Set.of("likely")).getFirst();

        assertThat(drafted.draft()).isNotNull();
        assertThat(drafted("likely").description().classification()).isEqualTo(CLASS);
    }

    @Test
    void ticks_stay_over_pages() {
        var ids = drafts(60);
        var first = steward.get(BATCH).body();
        assertThat(first).contains("第 1 页，共 2 页，60 个", "已勾选 0 个目录");

        var form = "shown=" + ids.get(59) + "&tick=" + ids.get(59) + "&go=2";
        assertThat(posted(BATCH, form)).contains("第 2 页，共 2 页", "已勾选 1 个目录");
        posted(BATCH, "shown=" + ids.get(0) + "&tick=" + ids.get(0) + "&go=1");
        assertThat(work.ticked(actor)).containsExactly(ids.get(0), ids.get(59));

        posted(BATCH, "go=all");
        assertThat(work.ticked(actor)).hasSize(60);
        posted(BATCH, "go=none");
        assertThat(work.ticked(actor)).isEmpty();
    }

    @Test
    void a_preview_changes_nothing_and_the_step_then_does() {
        var ids = drafts(3);
        work.tick(actor, ids, ids);

        var preview = posted(BATCH + "/step", "deed=CYCLE&cycle=DAILY");
        assertThat(preview).contains("改更新周期：3 个可以办理，0 个不能", "每日", "还没有改动任何目录");
        assertThat(cycles()).containsOnly(UpdateCycle.MONTHLY);

        var done = posted(BATCH + "/step", "deed=CYCLE&cycle=DAILY&seen=true");
        assertThat(done).contains("3 个已办理，0 个没有办理");
        assertThat(cycles()).containsOnly(UpdateCycle.DAILY);
        assertThat(work.ticked(actor)).isEmpty();
    }

    @Test
    void sharing_is_changed_with_its_reason() {
        var ids = drafts(2);
        work.tick(actor, ids, ids);

        assertThat(posted(BATCH + "/step", "deed=SHARING&sharing=NOT_SHARED")).contains("请填写");
        posted(
                BATCH + "/step",
                "deed=SHARING&sharing=NOT_SHARED&condition=%E4%BF%9D%E5%AF%86%E6%B3%95&seen=true");

        assertThat(catalog.own(actor))
                .allSatisfy(it -> {
                    assertThat(it.description().sharingKind()).isEqualTo(SharingKind.NOT_SHARED);
                    assertThat(it.description().sharingBasis()).isEqualTo("保密法");
                    assertThat(it.description().sharingRange()).isEmpty();
                });
    }

    @Test
    void many_are_submitted_taken_back_and_reviewed_with_one_opinion() {
        var source = source();
        TABLES.run(
                "create table if not exists ready_a (id int primary key)",
                "create table if not exists ready_b (id int primary key)");
        tables.draft(actor, source, "public", Set.of("ready_a", "ready_b"));
        for (var it : catalog.own(actor))
            catalog.change(actor, it.id(), complete(it.description()), it.revision());
        var ready = catalog.own(actor).stream().map(Resource::id).toList();
        var all = new ArrayList<>(ready);
        all.addAll(drafts(1));
        work.tick(actor, all, all);

        var outcomes = work.run(actor, order(BatchWork.Deed.SUBMIT));
        assertThat(outcomes).hasSize(3);
        assertThat(outcomes.stream().filter(it -> it.refusal() == null)).hasSize(2);
        assertThat(work.ticked(actor)).hasSize(1);

        work.clear(actor);
        work.tick(actor, ready, ready);
        work.run(actor, order(BatchWork.Deed.RECALL));
        assertThat(stages(ready)).containsOnly(Stage.DRAFT);
        work.tick(actor, ready, ready);
        work.run(actor, order(BatchWork.Deed.SUBMIT));

        var reviewer =
                new Actor(
                        Actor.Kind.PERSON,
                        "im-batch-reviewer",
                        "审核员",
                        department,
                        Set.of(Role.REVIEWER));
        work.tick(reviewer, ready, ready);
        var seen = work.preview(reviewer, order(BatchWork.Deed.APPROVE));
        assertThat(seen)
                .allSatisfy(it -> assertThat(it.after()).isEqualTo(Stage.DEPARTMENT_APPROVED));
        assertThat(stages(ready)).containsOnly(Stage.SUBMITTED);
        work.run(reviewer, order(BatchWork.Deed.APPROVE));
        assertThat(stages(ready)).containsOnly(Stage.DEPARTMENT_APPROVED);
        assertThat(catalog.find(actor, ready.getFirst()).reviews().getFirst().opinion())
                .isEqualTo("一并同意");
    }

    @Test
    void a_published_entry_gets_a_next_version_and_an_undo_gives_it_up() {
        TABLES.run("create table if not exists shown (id int primary key)");
        var draft = tables.draft(actor, source(), "public", Set.of("shown")).getFirst().draft();
        assertThat(draft).isNotNull();
        var id = draft.id();
        catalog.change(actor, id, complete(draft.description()), draft.revision());
        reviews.submit(actor, id);
        var yes = new Reviews.Decision(true, "");
        reviews.departmentReview(
                new Actor(Actor.Kind.PERSON, "im-r", "审核员", department, Set.of(Role.REVIEWER)),
                id,
                yes);
        var authority = city.actor(shuqiao.City.BUREAU, Role.AUTHORITY);
        reviews.authorityReview(authority, id, yes);
        var published = reviews.publish(authority, id);

        var file = steward.download("/resources/export.xlsx?mine=true");
        assertThat(upload(file)).contains("新增 0，更新 0，不变 1");
        var changed = with(entry("shown"), "更新周期*", "每日", "信息资源代码", published.code());
        var item = item("shown", "id");
        item.put("数据类型*", "整型 I");
        item.put("字段名", "id");
        var page =
                imported(
                        upload(
                                new shuqiao.workbook.TestBook()
                                        .sheet("目录", rows(List.of(changed)))
                                        .sheet("信息项", rows(List.of(item)))
                                        .bytes()));

        assertThat(page).contains("新增 0 个草稿，更新 1 个");
        var next = catalog.find(actor, id);
        assertThat(next.state()).isEqualTo(Stage.DRAFT);
        assertThat(next.version()).isEqualTo(2);
        assertThat(next.description().updateCycle()).isEqualTo(UpdateCycle.DAILY);
        assertThat(next.description().items().getFirst().columnType()).isEqualTo("integer");

        imports.undo(actor, batch(page));

        var back = catalog.find(actor, id);
        assertThat(back.state()).isEqualTo(Stage.PUBLISHED);
        assertThat(back.version()).isEqualTo(1);
        assertThat(back.description()).isEqualTo(published.description());
        assertThat(catalog.published(id).orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void an_entry_is_copied_and_items_are_pasted_from_a_spreadsheet() {
        var id = drafts(1).getFirst();

        var page =
                steward.submit("/resources/" + id, "/resources/" + id + "/copy", Map.of()).body();

        assertThat(page).contains("已复制为草稿", "批量信息一（副本）");
        steward.submit("/resources/" + id, "/resources/" + id + "/copy", Map.of());
        assertThat(names()).contains("批量信息一（副本）", "批量信息一（副本）2");
        var items = "/resources/" + id + "/edit/items";
        steward.submit(
                items,
                items,
                Map.of(
                        "then",
                        "stay",
                        "pasted",
                        "信息项名称\t数据类型\t数据长度\n姓名\t字符型C\t50\txm\t持证人的姓名\r\n户别\tC\t1\thb\t户口的类别\t1 城市；2 农村\r\n金额\tdecimal(18,2)\t18,2\n备注"));
        var read = drafted("批量信息一").description().items();
        assertThat(read).extracting(it -> it.name()).containsExactly("姓名", "户别", "金额", "备注");
        assertThat(read.get(0).column()).isEqualTo("xm");
        assertThat(read.get(0).description()).isEqualTo("持证人的姓名");
        assertThat(read.get(1).codes()).isEqualTo("1 城市；2 农村");
        assertThat(read.get(2).dataType()).isEqualTo(shuqiao.catalog.DataType.N);
        assertThat(read.get(2).length()).isEqualTo(18);
    }

    @Test
    void what_is_ticked_is_exported_and_comes_in_again() {
        var ids = drafts(3);
        work.tick(actor, ids, ids.subList(0, 2));
        assertThat(steward.get(BATCH + "/step").body()).contains("导出这 2 个目录");

        var file = steward.download(BATCH + "/export.xlsx");

        assertThat(upload(file)).contains("新增 0，更新 0，不变 2");
    }

    @Test
    void nobody_steps_on_entries_of_others() {
        var ids = drafts(1);
        var stranger = city.actor(shuqiao.City.POLICE, Role.STEWARD);
        work.tick(stranger, ids, ids);

        var outcome = work.run(stranger, order(BatchWork.Deed.WITHDRAW)).getFirst();

        assertThat(outcome.refusal()).isNotNull();
        work.clear(stranger);
        assertThat(catalog.own(actor)).hasSize(1);
    }

    private static BatchWork.Order order(BatchWork.Deed deed) {
        return new BatchWork.Order(deed, "一并同意", null, null, null, null);
    }

    private String posted(String path, String form) {
        var fields = new java.util.LinkedHashMap<String, String>();
        for (var pair : form.split("&")) {
            var parts = pair.split("=", 2);
            fields.put(
                    parts[0],
                    java.net.URLDecoder.decode(parts[1], java.nio.charset.StandardCharsets.UTF_8));
        }
        return steward.submit(BATCH, path, fields).body();
    }

    private List<Long> drafts(int number) {
        var ids = new ArrayList<Long>();
        for (int i = 0; i < number; i++)
            ids.add(
                    catalog.draft(
                                    actor,
                                    new Catalog.NewResource(
                                            null,
                                            null,
                                            null,
                                            complete(named("批量信息" + (char) ('一' + i)))))
                            .id());
        return ids;
    }

    private List<UpdateCycle> cycles() {
        return catalog.own(actor).stream().map(it -> it.description().updateCycle()).toList();
    }

    private List<Stage> stages(List<Long> ids) {
        return ids.stream().map(id -> catalog.find(actor, id).state()).toList();
    }

    private static Description named(String name) {
        return new Description(
                name, "", "", "", null, "", "", null, "", "", null, null, List.of(), false, "",
                null, "", List.of());
    }

    private static Description complete(Description it) {
        return new Description(
                it.name(),
                CLASS,
                "全市的基本情况，按月审定。",
                "",
                it.formatKind(),
                it.formatType(),
                "",
                SharingKind.CONDITIONAL,
                "用于资格核验",
                "",
                it.sharingMethodKind(),
                it.sharingMethodType(),
                List.of(shuqiao.City.POLICE),
                false,
                "",
                UpdateCycle.MONTHLY,
                "",
                it.items());
    }

    private long source() {
        return city.post(
                        city.token(department, Role.STEWARD),
                        "/api/v1/sources",
                        Map.of(
                                "name", "库" + department,
                                "jdbcUrl", TABLES.jdbcUrl(),
                                "username", TABLES.user(),
                                "password", TABLES.password()))
                .<Number>at("$.id")
                .longValue();
    }
}
