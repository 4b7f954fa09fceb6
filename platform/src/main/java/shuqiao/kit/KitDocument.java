package shuqiao.kit;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MapSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.NumberSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.shell.ApiOperations;

/** Writes the operations of registers into the document of the API, from the same declarations. */
@Component
class KitDocument implements GlobalOpenApiCustomizer {

    private final Registers registers;

    KitDocument(Registers registers) {
        this.registers = registers;
    }

    @Override
    public void customise(OpenAPI document) {
        for (var kept : registers.all()) write(document, kept.register());
    }

    static void write(OpenAPI document, Register register) {
        // where a part of the room is written by hand, the document names the tag already
        var known = document.getTags() == null ? List.<Tag>of() : document.getTags();
        if (register.tag() != null
                && known.stream().noneMatch(tag -> register.tag().equals(tag.getName())))
            document.addTagsItem(new Tag().name(register.tag()).description(register.about()));
        var view = name(register.id()) + "View";
        var listing = register.listing();
        if (listing != null && listing.rest() != null) {
            document.getComponents().addSchemas(view, view(register, listing));
            document.getComponents().addSchemas("Page" + view, page(view));
            var operation = operation(register, listing.rest(), listing.by(), "Page" + view);
            for (var filter : listing.filters())
                operation.addParametersItem(
                        in("query", filter.name(), schema(filter.type(), filter.codes())));
            operation.addParametersItem(
                    in(
                            "query",
                            "limit",
                            new IntegerSchema()
                                    .minimum(java.math.BigDecimal.ONE)
                                    .maximum(java.math.BigDecimal.valueOf(Page.LIMIT_MAX))));
            operation.addParametersItem(in("query", "after", new StringSchema()));
            add(document, listing.rest(), register.path(), operation);
        }
        var detail = register.detail();
        if (detail != null && detail.rest() != null) {
            var one = "One" + view;
            document.getComponents().addSchemas(one, one(register));
            var operation = operation(register, detail.rest(), detail.by(), one);
            operation.addParametersItem(thing());
            add(document, detail.rest(), register.path() + "/{id}", operation);
        }
        for (var form : register.forms())
            if (form.rest() != null) {
                var entry = name(form.rest().id()) + "Entry";
                document.getComponents().addSchemas(entry, entry(form));
                var operation = operation(register, form.rest(), form.by(), view);
                operation.setRequestBody(
                        new RequestBody().required(true).content(json(reference(entry))));
                if (form.makes(register)) created(operation.getResponses());
                add(document, form.rest(), form.path(), operation);
                if (form.ahead() != null && form.ahead().rest() != null)
                    ahead(document, register, form, form.ahead().rest(), entry);
            }
        var transitions = register.transitions();
        if (transitions != null)
            for (var move : transitions.moves())
                if (move.rest() != null) move(document, register, move, move.rest(), view);
    }

    private static void created(ApiResponses responses) {
        var answer = responses.remove("200");
        if (answer != null) responses.put("201", answer.description("Created"));
    }

    /** What would be done: lines, each a text or a time. */
    private static void ahead(
            OpenAPI document, Register register, Form form, Operation rest, String entry) {
        var operation = operation(register, rest, form.by(), null);
        operation.setRequestBody(new RequestBody().required(true).content(json(reference(entry))));
        operation.getResponses().remove("204");
        operation
                .getResponses()
                .addApiResponse(
                        "200",
                        new ApiResponse()
                                .description("OK")
                                .content(json(new ArraySchema().items(new StringSchema()))));
        add(document, rest, form.path() + "/preview", operation);
    }

    private static void move(
            OpenAPI document,
            Register register,
            Transitions.Move move,
            Operation rest,
            String view) {
        var none = rest.method() == Operation.Method.DELETE;
        var operation = operation(register, rest, move.by(), none ? null : view);
        operation.addParametersItem(thing());
        if (rest.hasBody() && move.reason() != Transitions.Reason.NONE) {
            var body = new ObjectSchema();
            body.addProperty("reason", new StringSchema().maxLength(Steps.REASON_MAX));
            operation.setRequestBody(new RequestBody().content(json(body)));
        }
        add(document, rest, move.at(register, false), operation);
    }

    private static String name(String id) {
        return Character.toUpperCase(id.charAt(0)) + id.substring(1);
    }

    private static io.swagger.v3.oas.models.Operation operation(
            Register register, Operation rest, List<Role> by, @Nullable String answer) {
        var responses = new ApiResponses();
        if (answer == null)
            responses.addApiResponse("204", new ApiResponse().description("No Content"));
        else
            responses.addApiResponse(
                    "200", new ApiResponse().description("OK").content(json(reference(answer))));
        var operation =
                new io.swagger.v3.oas.models.Operation()
                        .operationId(rest.id())
                        .summary(rest.summary())
                        .responses(responses);
        if (register.tag() != null) operation.addTagsItem(register.tag());
        ApiOperations.complete(operation, by, false, rest.method() != Operation.Method.GET);
        return operation;
    }

    private static void add(
            OpenAPI document,
            Operation rest,
            String usual,
            io.swagger.v3.oas.models.Operation operation) {
        var path = document.getPaths().computeIfAbsent(rest.at(usual), _ -> new PathItem());
        path.operation(PathItem.HttpMethod.valueOf(rest.method().name()), operation);
    }

    private static Parameter thing() {
        return in("path", "id", new IntegerSchema().format("int64")).required(true);
    }

    private static Parameter in(String where, String name, Schema<?> schema) {
        return new Parameter().in(where).name(name).schema(schema);
    }

    private static Content json(Schema<?> schema) {
        return new Content().addMediaType("application/json", new MediaType().schema(schema));
    }

    private static Schema<?> reference(String name) {
        return new Schema<>().$ref("#/components/schemas/" + name);
    }

    private static Schema<?> view(Register register, Listing listing) {
        var view = new ObjectSchema();
        for (var column : listing.told())
            view.addProperty(column.name(), schema(column.type(), List.of()));
        if (register.transitions() != null && register.transitions().hasClocks()) {
            view.addProperty("due", new StringSchema().format("date"));
            view.addProperty("estimated", new BooleanSchema());
            view.addProperty("workingDaysLeft", new IntegerSchema());
        }
        return view;
    }

    /** A thing as its own address tells it: with its history, where it goes through steps. */
    private static Schema<?> one(Register register) {
        var one = view(register, Objects.requireNonNull(register.listing()));
        if (register.transitions() == null) return one;
        var past = new ObjectSchema();
        past.addProperty("at", new StringSchema().format("date-time"));
        for (var name : List.of("by", "from", "to", "why"))
            past.addProperty(name, new StringSchema());
        one.addProperty("history", new ArraySchema().items(past));
        return one;
    }

    private static Schema<?> page(String view) {
        var page = new ObjectSchema();
        page.addProperty("items", new ArraySchema().items(reference(view)));
        page.addProperty("total", new IntegerSchema().format("int64"));
        page.addProperty("next", new StringSchema());
        return page;
    }

    private static Schema<?> entry(Form form) {
        var entry = new ObjectSchema();
        var needed = new ArrayList<String>();
        for (var field : form.fields()) {
            var schema = schema(field.type(), field.codes());
            if (field.max() > 0 && schema instanceof StringSchema) schema.setMaxLength(field.max());
            entry.addProperty(field.name(), schema);
            if (field.needed() && field.when() == null) needed.add(field.name());
        }
        if (!needed.isEmpty()) entry.setRequired(needed);
        return entry;
    }

    private static Schema<?> schema(Field.Type type, List<Field.Code> codes) {
        var schema =
                switch (type) {
                    case NUMBER -> new IntegerSchema().format("int64");
                    case DECIMAL -> new NumberSchema().format("double");
                    case TICK -> new BooleanSchema();
                    case DATE -> new StringSchema().format("date");
                    case TIME -> new StringSchema().format("date-time");
                    case CHECKS, TEXTS -> new ArraySchema().items(new StringSchema());
                    case PAIRS -> new MapSchema().additionalProperties(new StringSchema());
                    case TEXT, LONG_TEXT, PASSWORD, HEADING, WORDS, CODE, RADIO ->
                            new StringSchema();
                };
        if (schema instanceof StringSchema text)
            for (var code : codes) text.addEnumItem(Objects.requireNonNull(code.value()));
        return schema;
    }
}
