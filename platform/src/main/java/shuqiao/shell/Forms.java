package shuqiao.shell;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import shuqiao.kernel.Refusal;

/**
 * The error pattern of forms: a page catches the refusal of its door, calls {@link #show}, and
 * renders the form again. {@code ${errors}} then holds field and sentence; a refusal that is about
 * no field stands under the empty name.
 */
@Component
public class Forms {

    private final Problems problems;

    Forms(Problems problems) {
        this.problems = problems;
    }

    /** Puts the sentences into the model, in the order of the faults. */
    public void show(Model model, Refusal refusal, Locale locale) {
        model.addAttribute("errors", sentences(refusal, locale));
    }

    /** Field to sentence, in the order of the faults. */
    public Map<String, String> sentences(Refusal refusal, Locale locale) {
        var sentences = new LinkedHashMap<String, String>();
        for (var fault : refusal.faults())
            sentences.putIfAbsent(fault.field(), problems.sentence(fault, locale));
        if (sentences.isEmpty()) sentences.put("", problems.sentence(refusal, locale));
        return sentences;
    }
}
