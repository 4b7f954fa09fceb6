package shuqiao.onesource;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shuqiao.catalog.DataType;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "one-source", description = "Which departments catalogue the same item 一数一源")
class OneSourceApi {

    /**
     * @param item what to ask for the rest by
     */
    record GroupView(String item, String name, long departments, long entries, boolean decided) {}

    /**
     * @param duplicate whether it is collected beside the source
     * @param keeps what its department answered; left out while it did not
     * @param samePercent from how many values in a hundred on, of the shorter of the two, are in
     *     common with the source: 25, 50 or 75, about; left out when there is nothing to say
     */
    record EntryView(
            long resource,
            String code,
            String resourceName,
            String provider,
            String name,
            @Nullable DataType dataType,
            @Nullable Integer length,
            boolean source,
            boolean duplicate,
            @Nullable Boolean keeps,
            @Nullable String answer,
            @Nullable Integer samePercent) {}

    record ItemView(
            String item,
            String name,
            @Nullable Long source,
            @Nullable String reason,
            @Nullable LocalDate answerBy,
            List<EntryView> entries) {}

    /**
     * @param answerBy day by which the other departments are to answer; none when left out
     */
    record DecisionEntry(
            @Nullable String item,
            @Nullable Long resource,
            @Nullable String reason,
            @Nullable String answerBy) {}

    record AnswerEntry(@Nullable String item, @Nullable Boolean keeps, @Nullable String reason) {}

    record SketchView(int columns) {}

    /**
     * @param columns that the department lets be compared
     */
    record ComparisonEntry(@Nullable List<String> columns) {}

    /** A column that may be compared, if its department says so. */
    record ColumnView(String column, String item, boolean agreed) {}

    /**
     * What was compared with a column of another department.
     *
     * @param samePercent 25, 50 or 75: from so many values in a hundred on, of the shorter column,
     *     stand in both, about; 0 when there is nothing to say
     */
    record ComparedView(
            String column, long resource, String otherColumn, int samePercent, OffsetDateTime at) {}

    record ComparisonView(List<ColumnView> columns, List<ComparedView> compared) {}

    private final OneSource room;
    private final Comparisons comparisons;
    private final Elements elements;

    OneSourceApi(OneSource room, Comparisons comparisons, Elements elements) {
        this.room = room;
        this.comparisons = comparisons;
        this.elements = elements;
    }

    @GetMapping("/one-source")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    @Operation(
            operationId = "listSharedItems",
            summary = "Items that several departments catalogue, those of most first 一数一源清单")
    Page<GroupView> list(
            Actor actor,
            @RequestParam(required = false) @Nullable Boolean decided,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        var piece = Page.Request.of(limit, after == null ? "0" : after);
        var from = Math.max(0, piece.after());
        var total = room.counted(actor).of(decided);
        var rows = room.list(actor, decided, piece.limit(), from);
        var next = from + rows.size();
        return new Page<>(
                rows.stream()
                        .map(it ->
                                new GroupView(
                                        it.key(),
                                        elements.isElement(it.key())
                                                ? elements.name(it.key())
                                                : it.name(),
                                        it.departments(),
                                        it.items(),
                                        it.decided()))
                        .toList(),
                total,
                next < total && !rows.isEmpty() ? String.valueOf(next) : null);
    }

    @GetMapping("/one-source/item")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    @Operation(
            operationId = "getSharedItem",
            summary = "All entries with one item, and its source 一个信息项的各部门目录")
    ItemView one(Actor actor, @RequestParam String name) {
        var it = room.find(actor, name);
        var decision = it.decision();
        return new ItemView(
                it.key(),
                it.name(),
                decision == null ? null : decision.resource(),
                decision == null ? null : decision.reason(),
                decision == null ? null : decision.answerBy(),
                it.items().stream().map(one -> entry(it, one)).toList());
    }

    private static EntryView entry(OneSource.Shared shared, CataloguedItem it) {
        var source = shared.source();
        var answer =
                shared.answers().stream()
                        .filter(one -> one.resource() == it.resource())
                        .findFirst()
                        .orElse(null);
        var likeness = shared.likenesses().get(it.resource());
        return new EntryView(
                it.resource(),
                it.code(),
                it.resourceName(),
                it.provider(),
                it.name(),
                it.type(),
                it.length(),
                source != null && source.resource() == it.resource(),
                source != null && !source.provider().equals(it.provider()),
                answer == null ? null : answer.keeps(),
                answer == null ? null : answer.reason(),
                likeness == null ? null : likeness.band().from());
    }

    @PutMapping("/one-source/decision")
    @Allows(Role.AUTHORITY)
    @Operation(operationId = "decideSource", summary = "Name the source of an item 认定权威来源")
    ItemView decide(Actor actor, @RequestBody DecisionEntry entry) {
        var item = required(entry.item());
        room.decide(
                actor,
                item,
                new OneSource.Naming(entry.resource(), entry.reason(), entry.answerBy()));
        return one(actor, item);
    }

    @PostMapping("/resources/{id}/duplicates")
    @Allows(Role.STEWARD)
    @Operation(
            operationId = "answerDuplicate",
            summary = "Say what is done about an item collected beside its source 答复重复采集")
    ItemView answer(Actor actor, @PathVariable long id, @RequestBody AnswerEntry entry) {
        var item = required(entry.item());
        room.answer(actor, id, item, entry.keeps(), entry.reason());
        return one(actor, item);
    }

    private static String required(@Nullable String item) {
        if (item == null || item.isBlank()) throw Invalid.field("item", "required");
        return item;
    }

    @GetMapping("/resources/{id}/comparison")
    @Allows({Role.STEWARD, Role.REVIEWER})
    @Operation(
            operationId = "getComparison",
            summary =
                    "Which of one's columns may be compared with those of other departments, and what was 取值比对")
    ComparisonView comparison(Actor actor, @PathVariable long id) {
        return new ComparisonView(
                comparisons.candidates(actor, id).stream()
                        .map(it -> new ColumnView(it.column(), it.item(), it.agreed()))
                        .toList(),
                comparisons.compared(actor, id).stream()
                        .map(it ->
                                new ComparedView(
                                        it.column(),
                                        it.other(),
                                        it.otherColumn(),
                                        it.band().from(),
                                        it.at().atZone(Clock.ZONE).toOffsetDateTime()))
                        .toList());
    }

    @PutMapping("/resources/{id}/comparison")
    @Allows({Role.STEWARD, Role.REVIEWER})
    @Operation(
            operationId = "agreeToComparison",
            summary =
                    "Say which columns may be compared with those of departments that said the same; none takes the word back 同意取值比对")
    ComparisonView agree(Actor actor, @PathVariable long id, @RequestBody ComparisonEntry entry) {
        comparisons.agree(actor, id, entry.columns());
        return comparison(actor, id);
    }

    @PostMapping("/resources/{id}/sketch")
    @Allows(Role.STEWARD)
    @Operation(
            operationId = "sketchValues",
            summary =
                    "Compare the columns that one lets be compared; no value leaves the source, at most 20 times a day 比对取值")
    SketchView sketch(Actor actor, @PathVariable long id) {
        return new SketchView(comparisons.compare(actor, id));
    }
}
