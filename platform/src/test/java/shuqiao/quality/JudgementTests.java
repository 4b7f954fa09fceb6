package shuqiao.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import shuqiao.catalog.DataType;
import shuqiao.catalog.Description;
import shuqiao.catalog.FormatKind;
import shuqiao.catalog.Item;
import shuqiao.catalog.Sensitivity;
import shuqiao.catalog.SharingKind;
import shuqiao.catalog.SharingMethodKind;
import shuqiao.catalog.SharingMethodType;
import shuqiao.catalog.UpdateCycle;

/** The number is what it explains, and each point is worth what it says. */
class JudgementTests {

    private static final Judgement.Facts ALL = new Judgement.Facts(true, true, true, true);

    /** One description with some of what can be wrong with it. */
    private static final class Spoilt {
        boolean[] wrong = new boolean[Point.values().length];
        final boolean[][] items;

        Spoilt(int count) {
            items = new boolean[count][Point.values().length];
        }

        boolean is(Point point) {
            return wrong[point.ordinal()];
        }

        Score score() {
            return Judgement.of(
                    description(),
                    new Judgement.Facts(
                            !is(Point.CLASS),
                            !is(Point.MOUNTED),
                            !is(Point.CHECKED),
                            !is(Point.UPDATED)));
        }

        Description description() {
            var name =
                    (is(Point.NAME_WORDS) ? "t_person" : "低保对象")
                            + (is(Point.NAME_SYSTEM) ? "数据库" : "")
                            + (is(Point.NAME_COUNTED) ? "3" : "");
            // the wrongs of a name would hide each other, so only one is made at a time
            if (is(Point.NAME_WORDS)) name = "t_person";
            return new Description(
                    name,
                    "3070210103",
                    is(Point.SUMMARY) ? "低保对象" : "全市最低生活保障对象的登记情况，来源于救助业务，用于核验。",
                    is(Point.CONTACT) ? "" : "社会救助科",
                    is(Point.FORMAT) ? null : FormatKind.DATABASE,
                    is(Point.FORMAT) ? "" : "PostgreSQL",
                    "",
                    is(Point.KIND) ? null : SharingKind.CONDITIONAL,
                    is(Point.TERMS) ? "可以" : "因履行救助职责需要核验家庭情况",
                    "",
                    is(Point.METHOD) ? null : SharingMethodKind.PLATFORM,
                    is(Point.METHOD) ? null : SharingMethodType.DATABASE,
                    is(Point.RANGE) ? List.of() : List.of("11990100PLC0000021"),
                    false,
                    "",
                    is(Point.CYCLE) ? null : UpdateCycle.MONTHLY,
                    "",
                    items());
        }

        private List<Item> items() {
            var all = new ArrayList<Item>();
            for (int at = 0; at < items.length; at++) {
                var it = items[at];
                var name =
                        it[Point.ITEM_NAME.ordinal()]
                                ? "c" + at
                                : it[Point.ITEM_SENSITIVITY.ordinal()] ? "姓名" + at : "项目" + at;
                all.add(
                        new Item(
                                name,
                                it[Point.ITEM_MEANING.ordinal()] ? name : "登记时填写",
                                it[Point.ITEM_TYPE.ordinal()] ? null : DataType.C,
                                it[Point.ITEM_LENGTH.ordinal()] ? null : Integer.valueOf(20),
                                it[Point.ITEM_SENSITIVITY.ordinal()] ? "姓名" : "",
                                "",
                                at == 0 && !is(Point.ITEM_KEY),
                                Sensitivity.NONE,
                                true,
                                true));
            }
            return all;
        }

        void mend(Point point) {
            wrong[point.ordinal()] = false;
            for (var item : items) item[point.ordinal()] = false;
        }
    }

    @Test
    void the_weights_add_up_to_a_hundred() {
        assertThat(Arrays.stream(Point.values()).mapToInt(Point::weight).sum()).isEqualTo(100);
        assertThat(Arrays.stream(Criterion.values()).mapToInt(Criterion::weight).sum())
                .isEqualTo(100);
    }

    /** 3,000 descriptions, wrong in any way: what is mended one by one leads to a hundred. */
    @Test
    void mending_a_lost_point_raises_the_score_by_exactly_its_points() {
        var random = new Random(73);
        for (int trial = 0; trial < 3_000; trial++) {
            var it = spoilt(random);
            var score = it.score();
            while (!score.lost().isEmpty()) {
                var lost = score.lost().get(random.nextInt(score.lost().size()));
                assertThat(lost.points()).isBetween(1, lost.point().weight());

                it.mend(lost.point());

                var mended = it.score();
                assertThat(mended.value())
                        .as(lost.point().name())
                        .isEqualTo(score.value() + lost.points());
                score = mended;
            }
            assertThat(score.value()).isEqualTo(100);
        }
    }

    @Test
    void the_score_is_the_sum_of_its_criteria() {
        var random = new Random(74);
        for (int trial = 0; trial < 500; trial++) {
            var score = spoilt(random).score();
            assertThat(Arrays.stream(Criterion.values()).mapToInt(score::of).sum())
                    .isEqualTo(score.value())
                    .isBetween(0, 100);
            for (var criterion : Criterion.values())
                assertThat(score.of(criterion)).isNotNegative();
        }
    }

    private static Spoilt spoilt(Random random) {
        var it = new Spoilt(1 + random.nextInt(40));
        for (var point : Point.values()) {
            if (!point.ofItems()) it.wrong[point.ordinal()] = random.nextBoolean();
            else for (var item : it.items) item[point.ordinal()] = random.nextInt(3) == 0;
        }
        // a type that is missing asks for no length, a kind that is missing for no terms; and a
        // name is wrong in one way
        for (var item : it.items) {
            if (item[Point.ITEM_TYPE.ordinal()]) item[Point.ITEM_LENGTH.ordinal()] = false;
            if (item[Point.ITEM_NAME.ordinal()]) item[Point.ITEM_SENSITIVITY.ordinal()] = false;
        }
        if (it.is(Point.KIND)) {
            it.wrong[Point.TERMS.ordinal()] = false;
            it.wrong[Point.RANGE.ordinal()] = false;
        }
        if (it.is(Point.NAME_WORDS)) {
            it.wrong[Point.NAME_SYSTEM.ordinal()] = false;
            it.wrong[Point.NAME_COUNTED.ordinal()] = false;
        }
        if (it.is(Point.NAME_COUNTED)) it.wrong[Point.NAME_SYSTEM.ordinal()] = false;
        return it;
    }

    @Test
    void a_part_of_the_items_costs_a_part_of_the_points_and_names_them() {
        var it = new Spoilt(4);
        it.items[1][Point.ITEM_MEANING.ordinal()] = true;

        var lost = it.score().lost();

        assertThat(lost).containsExactly(new Score.Lost(Point.ITEM_MEANING, 2, List.of("项目1"), 1));
        assertThat(Point.ITEM_MEANING.editPath(7, lost.getFirst()))
                .isEqualTo("/resources/7/edit/items#items[1].description");
    }

    @Test
    void years_at_the_end_of_a_name_are_no_numbers_of_a_series() {
        for (var name : List.of("低保对象2025", "就业困难人员２０２４"))
            assertThat(named(name)).as(name).isEmpty();
        for (var name : List.of("低保对象1", "低保对象２", "低保对象2025-3", "低保对象12"))
            assertThat(named(name)).as(name).containsExactly(Point.NAME_COUNTED);
        assertThat(named("低保管理系统")).containsExactly(Point.NAME_SYSTEM);
        assertThat(named("dibao_v")).containsExactly(Point.NAME_WORDS);
    }

    private static List<Point> named(String name) {
        var it = new Spoilt(1).description();
        var named =
                new Description(
                        name,
                        it.classification(),
                        it.summary(),
                        it.innerDepartment(),
                        it.formatKind(),
                        it.formatType(),
                        "",
                        it.sharingKind(),
                        it.sharingCondition(),
                        "",
                        it.sharingMethodKind(),
                        it.sharingMethodType(),
                        it.sharingRange(),
                        false,
                        "",
                        it.updateCycle(),
                        "",
                        it.items());
        return Judgement.of(named, ALL).lost().stream().map(Score.Lost::point).toList();
    }
}
