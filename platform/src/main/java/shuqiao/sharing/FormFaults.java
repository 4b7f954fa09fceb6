package shuqiao.sharing;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import shuqiao.kernel.Refusal;
import shuqiao.shell.Forms;

/**
 * The faults of a door, brought to the places of a form: {@code fields[2]} stands at the items,
 * {@code filter.born} at the conditions, and columns are called as the catalog calls them.
 */
@Component
class FormFaults {

    private final Forms forms;

    FormFaults(Forms forms) {
        this.forms = forms;
    }

    void show(Model model, Refusal refusal, Map<String, String> names, Locale locale) {
        forms.show(model, refusal, locale);
        var placed = new LinkedHashMap<String, String>();
        if (model.getAttribute("errors") instanceof Map<?, ?> errors)
            errors.forEach((field, sentence) ->
                    placed.putIfAbsent(
                            place(String.valueOf(field)), named(String.valueOf(sentence), names)));
        model.addAttribute("errors", placed);
    }

    private static String place(String field) {
        if (field.startsWith("fields")) return "fields";
        if (field.startsWith("filter")) return "filter";
        if (field.startsWith("masks.")) return "mask-" + field.substring("masks.".length());
        return field;
    }

    static String named(String sentence, Map<String, String> names) {
        var text = sentence;
        for (var one : names.entrySet())
            text =
                    text.replace("「" + one.getKey() + "」", "「" + one.getValue() + "」")
                            .replace("“" + one.getKey() + "”", "“" + one.getValue() + "”");
        return text;
    }
}
