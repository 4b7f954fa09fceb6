package shuqiao.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import org.junit.jupiter.api.Test;

/** What an export holds: all of a list, or nothing and a sentence. */
class ListQueryTests {

    @Test
    void a_list_that_a_file_just_holds_is_exported_whole() {
        var rows = Collections.nCopies(ListQuery.EXPORTED_MAX, "row");

        assertThat(ListQuery.whole(rows)).hasSize(10_000);
    }

    @Test
    void a_longer_one_is_refused_and_not_cut() {
        var rows = Collections.nCopies(ListQuery.EXPORT_LOOK, "row");

        assertThatThrownBy(() -> ListQuery.whole(rows))
                .isInstanceOfSatisfying(
                        Conflict.class,
                        it -> {
                            assertThat(it.key()).isEqualTo("list:export-too-long");
                            assertThat(it.facts()).containsEntry("most", 10_000);
                        });
    }
}
