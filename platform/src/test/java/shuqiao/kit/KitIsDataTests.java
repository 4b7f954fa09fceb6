package shuqiao.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;
import org.springframework.util.LinkedMultiValueMap;
import shuqiao.Plan;
import shuqiao.PlatformTest;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;

/** A declaration is a plain value: it can be written down, read back, and makes the same page. */
@PlatformTest
class KitIsDataTests {

    private static final Path HERE = Path.of("src", "main", "java", "shuqiao", "kit");

    @Autowired Registers registers;
    @Autowired MessageSource messages;

    @Test
    void every_declaration_of_the_house_is_written_and_read_back() {
        assertThat(registers.all()).isNotEmpty();
        for (var kept : registers.all()) {
            var yaml = Declarations.write(kept.register());

            assertThat(Declarations.read(yaml)).isEqualTo(kept.register());
            assertThat(Declarations.write(Declarations.read(yaml))).isEqualTo(yaml);
        }
    }

    @Test
    void what_a_page_is_made_of_is_the_same_from_the_declaration_read_back() {
        var actor =
                new Actor(Actor.Kind.PERSON, "kit", "件", null, java.util.EnumSet.allOf(Role.class));
        for (var kept : registers.all()) {
            var again = Declarations.read(Declarations.write(kept.register()));
            for (var locale : List.of(Messages.CHINESE, Locale.ENGLISH))
                assertThat(pages(again, kept.keeper(), actor, locale))
                        .isEqualTo(pages(kept.register(), kept.keeper(), actor, locale));
        }
    }

    private List<Object> pages(Register register, Keeper keeper, Actor actor, Locale locale) {
        var words = new Wording(register, messages, locale);
        var pages = new ArrayList<Object>();
        var item = new Keeper.Item(7, state(register), "someone", Map.of());
        var shown =
                new Keeper.Shown(
                        "", List.of(), List.of(), null, Map.of(), List.of(), Map.of(), item);
        for (var form : register.forms())
            pages.add(FormView.of(words, form, shown, Entry.EMPTY, actor));
        if (register.detail() != null)
            pages.add(DetailView.of(words, new Toy(register), actor, item));
        if (register.transitions() != null)
            for (var move : register.transitions().moves())
                pages.add(AskView.of(words, move, item, ""));
        if (register.listing() != null && register.listing().title() != null)
            pages.add(
                    ListView.of(
                            new Registers.Kept(register, new Toy(register)),
                            ListChoice.of(register, new LinkedMultiValueMap<>()),
                            new Page<>(List.of(item), 1, null),
                            actor,
                            messages,
                            locale));
        assertThat(pages).isNotEmpty();
        return pages;
    }

    private static String state(Register register) {
        return register.transitions() == null
                ? ""
                : register.transitions().states().getFirst().name();
    }

    @Test
    void a_listing_may_have_no_columns_and_no_filters() {
        var read = Declarations.read("id: a\npath: /a\nlisting: {columns: [], filters: []}");

        assertThat(read.id()).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id: a\npath: /a\nmore: 1",
                "id: a\nid: b\npath: /a",
                "!!java.net.URL ['http://localhost']",
                "id: &x a\npath: /a\nforms: [*y]",
                "id: a\npath: /a\nlisting: &l {columns: []}\nforms: [*l]",
                "id: a\npath: /a\nlisting: {columns: &none [], filters: *none}",
                "id: a\npath: /a\nlisting: {columns: [{name: n, type: PICTURE}]}",
                "id: a\npath: /a\nlisting: {columns: [], title: {zh: 名}}",
                "id: a\npath: /a\ntransitions: {states: [], moves: [{name: m, from: [X], to: Y}]}",
                "id: a\npath: /a\nmore:",
                "id: a\npath: /a\ntransitions: {states: [{name: X}], moves: [{name: m, from: [X], to: X, within: {workingDays: 3, clock: moon}}]}",
                "id: a\npath: /a\ntransitions: {states: [{name: X}], moves: [{name: m, from: [X], to: X, within: {workingDays: 0, clock: city}}]}",
                "id: a\npath: /a\nlisting: {columns: [], title: {zh: 名, en: Above 50,000 yuan}}",
                "- a",
                "x: [",
                ""
            })
    void what_is_no_declaration_is_refused_with_a_sentence(String yaml) {
        assertThatThrownBy(() -> Declarations.read(yaml))
                .isInstanceOf(Declarations.NotADeclaration.class);
    }

    @Test
    void the_kit_keeps_its_budget() throws IOException {
        long lines = 0;
        try (var files = Files.walk(HERE)) {
            for (var file : files.filter(Files::isRegularFile).toList())
                lines += Files.readAllLines(file).size();
        }
        assertThat(Field.Type.values()).hasSizeLessThanOrEqualTo(20);
        assertThat(Listing.class.getRecordComponents()).hasSizeLessThanOrEqualTo(12);
        assertThat(Form.class.getRecordComponents()).hasSizeLessThanOrEqualTo(15);
        assertThat(Field.class.getRecordComponents()).hasSizeLessThanOrEqualTo(15);
        assertThat(lines).isBetween(500L, 6_000L);
    }

    /** Also drawn for the reader of the plan. */
    @Test
    void the_steps_of_the_house_are_drawn() throws IOException {
        var plan = new StringBuilder("# Which step leads where\n\nWritten by `KitIsDataTests`.\n");
        for (var kept : registers.all()) {
            var transitions = kept.register().transitions();
            if (transitions == null) continue;
            plan.append("\n## ").append(kept.register().id()).append("\n\n```mermaid\n");
            plan.append(transitions.drawn()).append("```\n");
        }
        assertThat(plan).contains("[*] --> SET");
        Plan.drawn("steps.md", plan);
    }
}
