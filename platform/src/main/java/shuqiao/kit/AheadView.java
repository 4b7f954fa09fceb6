package shuqiao.kit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The page that tells what a form would do, and asks once more. */
record AheadView(
        String title,
        Map<String, String> said,
        Told ahead,
        String path,
        Map<String, List<String>> typed,
        String go) {

    /** What would be done. */
    record Told(String said, List<String> lines) {

        static Told of(Wording words, Keeper.Foretold told) {
            return new Told(
                    words.say(told.said()), told.lines().stream().map(words::value).toList());
        }
    }

    static AheadView of(
            Wording words,
            Form form,
            Keeper.Shown shown,
            Keeper.Foretold told,
            Entry entry,
            Map<String, List<String>> typed) {
        var said = new LinkedHashMap<String, String>();
        for (var field : form.single()) {
            var value = entry.values().get(field.name());
            if (field.isHidden() || value == null) continue;
            var choices = words.choices(field, shown);
            var text =
                    switch (value) {
                        case Boolean ticked -> ticked ? words.say(Words.of("kit.yes")) : "";
                        case List<?> many ->
                                many.stream()
                                        .map(one ->
                                                choices.getOrDefault(
                                                        String.valueOf(one), String.valueOf(one)))
                                        .collect(
                                                java.util.stream.Collectors.joining(
                                                        words.separator()));
                        default ->
                                choices.getOrDefault(String.valueOf(value), String.valueOf(value));
                    };
            if (!text.isEmpty()) said.put(words.say(Objects.requireNonNull(field.label())), text);
        }
        var sent = new LinkedHashMap<String, List<String>>();
        typed.forEach((name, values) -> {
            if (!Form.BUTTONS.contains(name)) sent.put(name, values);
        });
        return new AheadView(
                words.say(Objects.requireNonNull(form.ahead()).say()),
                said,
                Told.of(words, told),
                form.path(),
                sent,
                words.say(form.go()));
    }
}
