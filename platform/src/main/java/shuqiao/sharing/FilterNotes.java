package shuqiao.sharing;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import shuqiao.catalog.PublishedResource;
import shuqiao.kernel.Messages;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says to whoever decides what a filter sees: unmasked values, and columns that are not granted.
 */
@Component
class FilterNotes {

    private final MessageSource messages;

    FilterNotes(MessageSource messages) {
        this.messages = messages;
    }

    /** With the columns' own names, for programs, and with what the provider declared. */
    RequestViews.Notes of(Ask ask, @Nullable PublishedResource published) {
        var said = of(ask, Map.of());
        return new RequestViews.Notes(
                withDeclared(said.zh(), published, Messages.CHINESE),
                withDeclared(said.en(), published, Locale.ENGLISH));
    }

    /** With the words of the catalog, for people. */
    RequestViews.Notes of(Ask ask, Map<String, String> names) {
        var beyond = new LinkedHashSet<String>();
        var masked = new LinkedHashSet<String>();
        var items = JsonMapper.shared().readTree(ask.filter());
        for (var item : items) {
            var field = item.path("field").asString("");
            if (!ask.fields().contains(field)) beyond.add(names.getOrDefault(field, field));
            else if (ask.masks().containsKey(field)) masked.add(names.getOrDefault(field, field));
        }
        return new RequestViews.Notes(
                words(items.size(), beyond, masked, Messages.CHINESE),
                words(items.size(), beyond, masked, Locale.ENGLISH));
    }

    /** And what the provider declared of the table's rows at the mount. */
    List<String> withDeclared(
            List<String> notes, @Nullable PublishedResource published, Locale locale) {
        if (published == null || !published.rowSecurity()) return notes;
        var all = new ArrayList<>(notes);
        all.add(sentence("row-security", Map.of(), locale));
        return all;
    }

    private List<String> words(
            int items, LinkedHashSet<String> beyond, LinkedHashSet<String> masked, Locale locale) {
        var notes = new ArrayList<String>();
        if (items > 0) notes.add(sentence("unmasked", Map.of(), locale));
        if (!beyond.isEmpty())
            notes.add(sentence("beyond", Map.of("fields", List.copyOf(beyond)), locale));
        if (!masked.isEmpty())
            notes.add(sentence("masked", Map.of("fields", List.copyOf(masked)), locale));
        return notes;
    }

    private String sentence(String key, Map<String, Object> facts, Locale locale) {
        return Messages.sentence(messages, "sharing.note." + key, facts, locale);
    }
}
