package shuqiao.sharing;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import shuqiao.kernel.Refusal;
import shuqiao.shell.Forms;
import shuqiao.shell.Submission;

/**
 * The faults of a door, brought to the places of a form: {@code fields[2]} stands at the items,
 * {@code filter.born} at the conditions, and columns are called as the catalog calls them.
 */
@Component
class FormFaults {

    private static final String WHY_NOT = "why-";

    private final Forms forms;
    private final Wording wording;

    FormFaults(Forms forms, Wording wording) {
        this.forms = forms;
        this.wording = wording;
    }

    /** On the form that is shown again. */
    void refuse(Submission sent, Refusal refusal, Map<String, String> names) {
        sent.refuse(refusal);
        place(sent.model(), names, sent.locale());
    }

    void show(Model model, Refusal refusal, Map<String, String> names, Locale locale) {
        forms.show(model, refusal, locale);
        place(model, names, locale);
    }

    private void place(Model model, Map<String, String> names, Locale locale) {
        var placed = new LinkedHashMap<String, String>();
        if (model.getAttribute("errors") instanceof Map<?, ?> errors)
            errors.forEach((at, sentence) -> {
                var field = String.valueOf(at);
                placed.putIfAbsent(
                        place(field),
                        field.startsWith(WHY_NOT)
                                ? wording.say(
                                        "sharing.decide.why-not.missing",
                                        locale,
                                        names.getOrDefault(
                                                field.substring(WHY_NOT.length()),
                                                field.substring(WHY_NOT.length())))
                                : named(String.valueOf(sentence), names));
            });
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
