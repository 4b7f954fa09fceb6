package shuqiao.sharing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import shuqiao.catalog.Catalog;
import shuqiao.catalog.PublishedResource;
import shuqiao.catalog.Sensitivity;
import shuqiao.catalog.SharingKind;
import shuqiao.engine.Condition;
import tools.jackson.databind.json.JsonMapper;

/** Says what is asked for and given in the words of the catalog. */
@Component
class Wording {

    /**
     * 信息项 as people read it.
     *
     * @param sharing UNCONDITIONAL, CONDITIONAL or WITHHELD
     */
    record ItemLine(
            String column,
            String name,
            String type,
            String sharing,
            Sensitivity sensitivity,
            boolean key) {

        public boolean withheld() {
            return sharing.equals(WITHHELD);
        }
    }

    /** One condition in words. */
    record Rule(String item, String operator, String value) {}

    /**
     * The resource as it is asked for.
     *
     * @param sharing UNCONDITIONAL, CONDITIONAL or WITHHELD
     * @param condition on which it is shared, or the basis on which it is not
     */
    record Subject(
            String title,
            String sharing,
            String condition,
            Map<String, ItemLine> items,
            @Nullable PublishedResource published) {

        /** Of a column that is gone, its own name. */
        String name(String column) {
            var item = items.get(column);
            return item == null ? column : item.name();
        }

        Map<String, String> names() {
            var names = new LinkedHashMap<String, String>();
            items.forEach((column, item) -> names.put(column, item.name()));
            return names;
        }

        List<ItemLine> of(List<String> columns) {
            return columns.stream()
                    .map(column -> {
                        var item = items.get(column);
                        return item == null
                                ? new ItemLine(
                                        column, column, "", WITHHELD, Sensitivity.NONE, false)
                                : item;
                    })
                    .toList();
        }
    }

    static final String WITHHELD = "WITHHELD";

    private final Catalog catalog;
    private final MessageSource messages;

    Wording(Catalog catalog, MessageSource messages) {
        this.catalog = catalog;
        this.messages = messages;
    }

    /** As the version says that was asked for. */
    Subject subject(Request.Subject of) {
        return catalog.version(of.resource(), of.version())
                .map(Wording::subject)
                .orElseGet(() -> new Subject(of.title(), "CONDITIONAL", "", Map.of(), null));
    }

    Subject subject(Grant of) {
        return catalog.version(of.resource(), of.version())
                .map(Wording::subject)
                .orElseGet(() -> new Subject(of.title(), "CONDITIONAL", "", Map.of(), null));
    }

    /** As it is published now. */
    java.util.Optional<Subject> offered(long resource) {
        return catalog.published(resource).map(Wording::subject);
    }

    private static Subject subject(PublishedResource it) {
        var sharing = sharing(it.sharingKind());
        var items = new LinkedHashMap<String, ItemLine>();
        for (var field : it.fields())
            items.put(
                    field.column(),
                    new ItemLine(
                            field.column(),
                            field.name(),
                            field.type(),
                            field.shareable() ? sharing : WITHHELD,
                            field.sensitivity(),
                            field.key()));
        return new Subject(
                it.name(),
                sharing,
                it.sharingKind() == SharingKind.NOT_SHARED ? it.basis() : it.condition(),
                items,
                it);
    }

    private static String sharing(SharingKind kind) {
        return switch (kind) {
            case UNCONDITIONAL -> "UNCONDITIONAL";
            case CONDITIONAL -> "CONDITIONAL";
            case NOT_SHARED -> WITHHELD;
        };
    }

    List<Rule> rules(String filter, Subject subject, Locale locale) {
        var rules = new ArrayList<Rule>();
        for (var item : JsonMapper.shared().readTree(filter)) {
            var values = new ArrayList<String>();
            var value = item.path("value");
            if (value.isArray()) for (var one : value) values.add(one.asString(""));
            else if (!value.isMissingNode()) values.add(value.asString(""));
            rules.add(
                    rule(
                            subject.name(item.path("field").asString("")),
                            item.path("op").asString(""),
                            values,
                            locale));
        }
        return rules;
    }

    List<Rule> rules(List<Condition> filter, Subject subject, Locale locale) {
        return filter.stream()
                .map(it ->
                        rule(subject.name(it.field()), it.operator().word(), it.values(), locale))
                .toList();
    }

    private Rule rule(String item, String op, List<String> values, Locale locale) {
        var between = op.equals("between") && values.size() == 2;
        return new Rule(
                item,
                say("Op." + op, locale),
                between
                        ? say("sharing.between", locale, values.getFirst(), values.getLast())
                        : String.join(say("comma", locale), values));
    }

    /** A sentence of the messages; the key itself where it is missing. */
    String say(String key, Locale locale, Object... facts) {
        var text = messages.getMessage(key, facts, key, locale);
        return text == null ? key : text;
    }

    /** The value that a word of an address names; a word that makes no sense names none. */
    static <E extends Enum<E>> Optional<E> named(E[] values, @Nullable String word) {
        return Stream.of(values).filter(it -> it.name().equalsIgnoreCase(word)).findFirst();
    }
}
