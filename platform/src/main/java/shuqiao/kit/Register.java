package shuqiao.kit;

import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kind of thing that is kept, as data: how it is listed, which forms it is filled in by, which
 * steps it goes through. What is not declared is not there.
 *
 * @param id stable name, the word of refusals too
 * @param path of its pages
 * @param tag of its operations in the document of the API
 * @param about what the tag stands for, in both languages
 */
public record Register(
        String id,
        String path,
        @Nullable String tag,
        @Nullable String about,
        @Nullable Listing listing,
        @Nullable Detail detail,
        List<Form> forms,
        @Nullable Transitions transitions) {

    public Register {
        forms = forms == null ? List.of() : List.copyOf(forms);
    }

    /** With nothing in it yet. */
    public static Register of(String id, String path) {
        return new Register(id, path, null, null, null, null, List.of(), null);
    }

    public Register tagged(String name, String what) {
        return new Register(id, path, name, what, listing, detail, forms, transitions);
    }

    public Register listed(Listing list) {
        return new Register(id, path, tag, about, list, detail, forms, transitions);
    }

    /** With a page of each thing. */
    public Register seen(Detail one) {
        return new Register(id, path, tag, about, listing, one, forms, transitions);
    }

    public Register filled(Form... by) {
        return new Register(id, path, tag, about, listing, detail, List.of(by), transitions);
    }

    /** From nothing to nothing, with no state that anybody is told of. */
    public Register moved(Transitions.Move... moves) {
        var states = new LinkedHashMap<String, Transitions.State>();
        for (var move : moves)
            for (var from : move.from())
                states.putIfAbsent(
                        from, new Transitions.State(from, null, null, states.isEmpty(), false));
        for (var move : moves)
            states.putIfAbsent(
                    move.to(), new Transitions.State(move.to(), null, null, false, true));
        return moved(new Transitions(List.copyOf(states.values()), List.of(moves)));
    }

    public Register moved(Transitions steps) {
        return new Register(id, path, tag, about, listing, detail, forms, steps);
    }

    /** Address of the list, narrowed to these. */
    public String narrowed(Entry by) {
        var filters = new LinkedHashMap<String, String>();
        if (listing != null)
            for (var filter : listing.filters())
                if (by.has(filter.name())) filters.put(filter.name(), by.text(filter.name()));
        return new ListChoice(path, filters, "", true, 1).address();
    }

    Form form(String name) {
        return forms.stream()
                .filter(form -> form.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no form " + name));
    }
}
