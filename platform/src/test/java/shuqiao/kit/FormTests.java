package shuqiao.kit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FormTests {

    @Test
    void what_a_form_says_stays_whatever_is_declared_after_it() {
        var declared =
                Form.of("new", "/a")
                        .titled("title", "lead", "note")
                        .asks(Field.text("name"))
                        .inRows("row", "label")
                        .then("button", "done", "/next")
                        .handedIn(Words.of("book"))
                        .post("id", "summary");

        assertThat(declared.title()).isEqualTo(Words.of("title"));
        assertThat(declared.lead()).isEqualTo(Words.of("lead"));
        assertThat(declared.note()).isEqualTo(Words.of("note"));
        assertThat(declared.go()).isEqualTo(Words.of("button"));
        assertThat(declared.told()).isEqualTo(Words.of("done"));
        assertThat(declared.next()).isEqualTo("/next");
        assertThat(declared.workbook()).isEqualTo(Words.of("book"));
        assertThat(declared.rest())
                .isEqualTo(new Operation(Operation.Method.POST, null, "id", "summary"));
        assertThat(declared.single()).containsExactly(Field.text("name"));
        assertThat(declared.grid()).isNotNull();
    }
}
