package shuqiao.kit;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Page;
import shuqiao.shell.BodyRefused;

/** What programs do with registers. */
@Component
class DataKit {

    private final Steps steps;
    private final ClockKit clocks;

    private final MessageSource messages;

    DataKit(Steps steps, ClockKit clocks, MessageSource messages) {
        this.steps = steps;
        this.clocks = clocks;
        this.messages = messages;
    }

    Page<Map<String, Object>> list(
            Registers.Kept kept, Actor actor, MultiValueMap<String, String> asked) {
        var listing = Objects.requireNonNull(kept.register().listing());
        var filters = new HashMap<String, String>();
        for (var filter : listing.filters()) {
            var value = asked.getFirst(filter.name());
            if (value == null || value.isEmpty()) continue;
            if (filter.type() == Field.Type.NUMBER && number(filter.name(), value) == null)
                continue;
            var allowed = filter.codes().stream().map(Field.Code::value).toList();
            if (!allowed.isEmpty() && !allowed.contains(value.strip()))
                throw Invalid.field(filter.name(), "not-one-of", Map.of("allowed", allowed));
            filters.put(filter.name(), value.strip());
        }
        var limit = number("limit", asked.getFirst("limit"));
        var request =
                Page.Request.of(
                        limit == null ? null : Math.clamp(limit, -1, Integer.MAX_VALUE),
                        asked.getFirst("after"));
        var query = new Listing.Query(filters, "", request, 0);
        return kept.keeper().page(actor, query).map(item -> view(kept.register(), item));
    }

    private static @Nullable Long number(String name, @Nullable String value) {
        if (value == null || value.isBlank()) return null;
        if (value.strip().matches("[-+]?[0-9]{1,18}")) return Long.valueOf(value.strip());
        throw new BodyRefused("wrong-type", Map.of("field", name));
    }

    Object attempt(Registers.Kept kept, String name, Actor actor, Map<String, Object> body) {
        var form = kept.register().form(name);
        var entry = Reading.json(form, body);
        var made =
                view(
                        kept.register(),
                        Steps.attempt(kept, form, actor, entry, new Invalid.Faults()));
        return form.makes(kept.register())
                ? ResponseEntity.status(HttpStatus.CREATED).body(made)
                : made;
    }

    /** What the form would do with what was said so far. */
    List<Object> ahead(Registers.Kept kept, String name, Actor actor, Map<String, Object> body) {
        var form = kept.register().form(name);
        var entry = Reading.json(form, body);
        return Steps.ahead(kept, form, actor, entry, new Invalid.Faults()).lines().stream()
                .map(this::plain)
                .toList();
    }

    /** A thing with what was done with it. */
    Map<String, Object> one(Registers.Kept kept, Actor actor, long id) {
        var item = kept.keeper().get(actor, id);
        var view = view(kept.register(), item);
        if (kept.register().transitions() != null)
            view.put(
                    "history",
                    kept.keeper().see(actor, item).history().stream().map(this::past).toList());
        return view;
    }

    private Map<String, Object> past(Keeper.Past past) {
        var view = new LinkedHashMap<String, Object>();
        view.put("at", past.at());
        view.put("by", past.by());
        if (past.from() != null) view.put("from", past.from());
        view.put("to", past.to());
        if (past.why() != null) view.put("why", plain(past.why()));
        return view;
    }

    ResponseEntity<Object> move(
            Registers.Kept kept,
            String name,
            Operation operation,
            Actor actor,
            long id,
            @Nullable Map<String, Object> body) {
        var reason = "";
        for (var member : (body == null ? Map.<String, Object>of() : body).entrySet()) {
            if (!member.getKey().equals("reason"))
                throw new BodyRefused("unknown-property", Map.of("property", member.getKey()));
            if (!(member.getValue() instanceof String text))
                throw new BodyRefused("wrong-type", Map.of("field", "reason"));
            reason = text;
        }
        var item = steps.move(kept, name, actor, id, reason);
        if (operation.method() == Operation.Method.DELETE)
            return ResponseEntity.noContent().build();
        return ResponseEntity.ok(view(kept.register(), item));
    }

    /** A thing as programs see it: the declared columns in their order. */
    private Map<String, Object> view(Register register, Keeper.Item thing) {
        var listing = Objects.requireNonNull(register.listing());
        var item = clocks.timed(register, thing);
        var view = new LinkedHashMap<String, Object>();
        for (var column : listing.told()) {
            var value = value(item, column.name());
            if (value != null) view.put(column.name(), plain(value));
        }
        for (var name : List.of("due", "estimated", "workingDaysLeft")) {
            var value = item.values().get(name);
            if (value != null) view.put(name, value);
        }
        return view;
    }

    /** Words in the language that the program asks for. */
    private Object plain(Object value) {
        return value instanceof Words words
                ? words.in(messages, LocaleContextHolder.getLocale())
                : value;
    }

    static @Nullable Object value(Keeper.Item item, String name) {
        return switch (name) {
            case "id" -> item.id();
            case "state" -> item.state();
            default -> item.values().get(name);
        };
    }
}
