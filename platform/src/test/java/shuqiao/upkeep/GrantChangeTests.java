package shuqiao.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import shuqiao.catalog.Description;
import shuqiao.catalog.Item;
import shuqiao.catalog.Sensitivity;
import shuqiao.catalog.SharingKind;
import shuqiao.engine.Condition;
import shuqiao.engine.Operator;
import shuqiao.engine.Scope;

/** What a version means for a grant whose rows are chosen by an item. */
class GrantChangeTests {

    private static final Item CODE = item("代码", "code", "text");
    private static final Item TOWN = item("乡镇", "town", "text");

    private static Item item(String name, String column, String type) {
        return new Item(name, "", null, null, column, type, false, Sensitivity.NONE, true, true);
    }

    /** A description of which only the items matter. */
    static Description words(Item... items) {
        return new Description(
                "名录",
                "",
                "",
                "",
                null,
                "",
                "",
                SharingKind.UNCONDITIONAL,
                "",
                "",
                null,
                null,
                List.of(),
                false,
                "",
                null,
                "",
                Arrays.asList(items));
    }

    /** Grants the code of the rows of one town. */
    private static List<String> told(Description granted, Description next) {
        var scope =
                new Scope(
                        "public",
                        "t",
                        List.of(new Scope.Field("code", "text")),
                        List.of(
                                new Condition("town", "text", Operator.NE, List.of("")),
                                new Condition("town", "text", Operator.EQ, List.of("东岸"))),
                        Map.of(),
                        "核对",
                        LocalDate.EPOCH,
                        Optional.empty());
        return GrantChange.of(scope, granted, next, "public.t").stream()
                .map(it -> it.kind() + " " + it.item() + " " + it.was() + ">" + it.now())
                .toList();
    }

    @Test
    void an_item_that_only_the_rows_are_chosen_by_is_missed_once_when_it_is_removed() {
        assertThat(told(words(CODE, TOWN), words(CODE))).containsExactly("FILTER_REMOVED 乡镇 text>");
    }

    @Test
    void one_of_another_type_is_told_with_both_types() {
        assertThat(told(words(CODE, TOWN), words(CODE, item("乡镇", "town", "integer"))))
                .containsExactly("FILTER_RETYPED 乡镇 text>integer");
    }

    @Test
    void one_that_stays_or_was_never_catalogued_is_no_reason() {
        assertThat(told(words(CODE, TOWN), words(CODE, TOWN))).isEmpty();
        assertThat(told(words(CODE), words(CODE))).isEmpty();
    }

    @Test
    void one_that_is_granted_too_is_told_of_once() {
        var scope =
                new Scope(
                        "public",
                        "t",
                        List.of(new Scope.Field("code", "text")),
                        List.of(new Condition("code", "text", Operator.EQ, List.of("1"))),
                        Map.of(),
                        "核对",
                        LocalDate.EPOCH,
                        Optional.empty());

        assertThat(GrantChange.of(scope, words(CODE, TOWN), words(TOWN), "public.t"))
                .extracting(GrantChange.Reason::kind)
                .containsExactly(GrantChange.Kind.REMOVED);
    }
}
