package shuqiao.kit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FormTests {

    @Test
    void what_a_form_says_stays_whatever_is_declared_after_it() {
        var said = Form.of("new", "/a").titled("title", "lead", "note");
        var declared =
                said.asks(Field.text("name"))
                        .inRows("row", "label")
                        .then("button", "done", "/next")
                        .handedIn(Words.of("book"))
                        .post("id", "summary");

        assertThat(declared)
                .isEqualTo(
                        new Form(
                                "new",
                                "/a",
                                said.by(),
                                Words.of("title"),
                                Words.of("lead"),
                                Words.of("note"),
                                declared.fields(),
                                declared.grid(),
                                Words.of("button"),
                                Words.of("done"),
                                "/next",
                                Words.of("book"),
                                new Operation(Operation.Method.POST, null, "id", "summary"),
                                null,
                                false));
        assertThat(declared.single()).containsExactly(Field.text("name"));
        assertThat(declared.grid().shown()).hasSize(1);
    }
}
