package shuqiao.work;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.Slice;

@RestController
@RequestMapping("/api/v1/work")
@Tag(name = "work", description = "What the platform does by itself 平台自动进行的工作")
class WorkApi {

    /**
     * A kind of work that recurs.
     *
     * @param due when it is done next
     * @param doneAt when it went well last; absent before the first time
     * @param attempt times in a row that it failed
     * @param cause why it failed last; absent after it went well
     */
    record WorkView(
            String kind,
            Instant due,
            boolean running,
            @Nullable Instant doneAt,
            int attempt,
            @Nullable String cause) {

        static WorkView of(Round it) {
            return new WorkView(
                    it.kind(),
                    it.due(),
                    it.running(),
                    it.doneAt(),
                    it.attempt(),
                    it.cause().isEmpty() ? null : it.cause());
        }
    }

    /**
     * An item of work.
     *
     * @param key what it is about
     * @param due when it is tried next; of one that runs or is dead, when it was
     * @param attempt how often it was begun
     * @param cause why the last attempt failed; absent before one did
     * @param deadAt since when it is not tried any more
     */
    record WorkItemView(
            long id,
            Item.State state,
            String kind,
            String key,
            Instant due,
            int attempt,
            @Nullable String cause,
            @Nullable Instant deadAt) {

        static WorkItemView of(Item it) {
            return new WorkItemView(
                    it.id(),
                    it.state(),
                    it.kind(),
                    it.key(),
                    it.due(),
                    it.attempt(),
                    it.cause().isEmpty() ? null : it.cause(),
                    it.deadAt());
        }
    }

    private final Work work;

    WorkApi(Work work) {
        this.work = work;
    }

    @GetMapping
    @Allows(Role.SYSTEM_ADMIN)
    @Operation(
            operationId = "listWork",
            summary = "What the platform does by itself, failing first 查自动进行的工作")
    Page<WorkView> list(
            Actor actor,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return Slice.of(work.rounds(actor), limit, after).map(WorkView::of);
    }

    @PostMapping("/{kind}/now")
    @Allows(Role.SYSTEM_ADMIN)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "doWorkNow", summary = "Have a kind of work done at once 立即进行一次")
    void now(Actor actor, @PathVariable String kind) {
        work.now(actor, kind);
    }

    /**
     * @param state DEAD when it is left out
     */
    @GetMapping("/items")
    @Allows(Role.SYSTEM_ADMIN)
    @Operation(
            operationId = "listWorkItems",
            summary = "Items that are dead, wait or run, newest first 查工作事项")
    Page<WorkItemView> items(
            Actor actor,
            @RequestParam(defaultValue = "DEAD") Item.State state,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return work.items(actor, state, Page.Request.of(limit, after)).map(WorkItemView::of);
    }

    @PostMapping("/items/{id}/again")
    @Allows(Role.SYSTEM_ADMIN)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "tryWorkItemAgain", summary = "Try an item at once 再试一次")
    void again(Actor actor, @PathVariable long id) {
        work.again(actor, id);
    }

    @DeleteMapping("/items/{id}")
    @Allows(Role.SYSTEM_ADMIN)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "forgetWorkItem", summary = "Give a dead item up 放弃不再尝试的事项")
    void forget(Actor actor, @PathVariable long id) {
        work.forget(actor, id);
    }
}
