package shuqiao.kit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Recurring;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What people typed into forms and did not send: kept for the person alone until the form is sent,
 * the draft is thrown away, or 30 days have gone. Passwords are never kept.
 */
@Component
class Drafts implements Recurring {

    /** Characters of all fields together, with their names. */
    static final int CHARACTERS_MAX = 20_000;

    /** Of one person; the oldest goes first. */
    static final int EACH_MAX = 50;

    static final Duration KEPT = Duration.ofDays(30);

    private static final int PIECE = 500;
    private static final int ABOUT_MAX = 500;
    private static final TypeReference<Map<String, List<String>>> TYPED = new TypeReference<>() {};

    /** What was typed, and when it was kept. */
    record Draft(MultiValueMap<String, String> typed, Instant at) {}

    private final DraftTable table;
    private final JsonMapper json;
    private final InstantSource clock;

    Drafts(DraftTable table, JsonMapper json, InstantSource clock) {
        this.table = table;
        this.json = json;
        this.clock = clock;
    }

    Optional<Draft> find(Register register, Form form, Actor actor, Entry about) {
        if (!form.draft()) return Optional.empty();
        return table.find(key(register, form, actor, about))
                .map(it ->
                        new Draft(
                                new LinkedMultiValueMap<>(json.readValue(it.typed(), TYPED)),
                                it.at()));
    }

    /** Keeps what belongs to the fields that people see. */
    void save(
            Register register,
            Form form,
            Actor actor,
            Entry about,
            MultiValueMap<String, String> typed) {
        var kept = new LinkedHashMap<String, List<String>>();
        typed.forEach((name, values) -> {
            if (form.fields().stream().anyMatch(field -> isKept(field) && field.holds(name)))
                kept.put(name, values);
        });
        var text = json.writeValueAsString(kept);
        if (text.length() > CHARACTERS_MAX)
            throw Invalid.field("draft", "kit.draft-too-long", Map.of("max", CHARACTERS_MAX));
        var key = key(register, form, actor, about);
        if (key.about().length() > ABOUT_MAX)
            throw Invalid.field("draft", "kit.draft-too-long", Map.of("max", CHARACTERS_MAX));
        table.put(key, text, clock.instant());
        table.keep(key.person(), EACH_MAX);
    }

    private static boolean isKept(Field field) {
        return !field.isHidden() && field.type() != Field.Type.PASSWORD;
    }

    void drop(Register register, Form form, Actor actor, Entry about) {
        if (form.draft()) table.drop(key(register, form, actor, about));
    }

    private static DraftTable.Key key(Register register, Form form, Actor actor, Entry about) {
        var said = new StringBuilder();
        for (var field : form.fields())
            if (field.isHidden())
                said.append(field.name()).append('=').append(about.text(field.name())).append('\n');
        return new DraftTable.Key(
                actor.subject(), register.id() + "." + form.name(), said.toString());
    }

    @Override
    public String kind() {
        return "drafts";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public boolean turn() {
        return table.sweep(clock.instant().minus(KEPT), PIECE) == PIECE;
    }
}
