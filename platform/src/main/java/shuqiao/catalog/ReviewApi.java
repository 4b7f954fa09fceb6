package shuqiao.catalog;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Role;

/** The steps from draft to publication, and the end. */
@RestController
@RequestMapping("/api/v1/resources/{id}")
@Tag(name = "reviews", description = "Review and publication of resources 审核与发布")
class ReviewApi {

    record Withdrawal(@Nullable String reason) {}

    /** Where the resource stands after the step. */
    record StepView(
            long id,
            @Nullable String code,
            int version,
            Stage state,
            String reason,
            int revision,
            @Nullable Integer publishedVersion) {
        static StepView of(Resource it) {
            return new StepView(
                    it.id(),
                    it.code(),
                    it.version(),
                    it.state().stage(),
                    it.state().reason(),
                    it.revision(),
                    it.publishedVersion());
        }
    }

    private final Reviews reviews;

    ReviewApi(Reviews reviews) {
        this.reviews = reviews;
    }

    @PostMapping("/submission")
    @Allows(Role.STEWARD)
    @Operation(operationId = "submitResource", summary = "Send for review 提交审核")
    StepView submit(Actor actor, @PathVariable long id) {
        return StepView.of(reviews.submit(actor, id));
    }

    @PostMapping("/department-review")
    @Allows(Role.REVIEWER)
    @Operation(
            operationId = "reviewResourceAsDepartment",
            summary = "The department approves or returns 部门审核")
    StepView departmentReview(
            Actor actor, @PathVariable long id, @RequestBody Reviews.Decision decision) {
        return StepView.of(reviews.departmentReview(actor, id, decision));
    }

    @PostMapping("/authority-review")
    @Allows(Role.AUTHORITY)
    @Operation(
            operationId = "reviewResourceAsAuthority",
            summary = "The data authority approves or returns 主管部门审核")
    StepView authorityReview(
            Actor actor, @PathVariable long id, @RequestBody Reviews.Decision decision) {
        return StepView.of(reviews.authorityReview(actor, id, decision));
    }

    @PostMapping("/publication")
    @Allows(Role.AUTHORITY)
    @Operation(operationId = "publishResource", summary = "Publish what was approved 发布")
    StepView publish(Actor actor, @PathVariable long id) {
        return StepView.of(reviews.publish(actor, id));
    }

    @PostMapping("/new-version")
    @Allows(Role.STEWARD)
    @Operation(
            operationId = "beginResourceVersion",
            summary = "Begin the next version of a published resource 新版本")
    StepView newVersion(Actor actor, @PathVariable long id) {
        return StepView.of(reviews.newVersion(actor, id));
    }

    @PostMapping("/withdrawal")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    @Operation(operationId = "withdrawResource", summary = "End a resource 撤回")
    StepView withdraw(Actor actor, @PathVariable long id, @RequestBody Withdrawal withdrawal) {
        return StepView.of(reviews.withdraw(actor, id, withdrawal.reason()));
    }
}
