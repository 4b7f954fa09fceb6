package shuqiao.catalog;

import java.time.Instant;

/** Where a resource stands on its way: 编目, 部门审核, 主管部门审核, 发布. */
public sealed interface State {

    record Draft(String by, Instant at) implements State {}

    /** Waits for the review of its department. */
    record Submitted(String by, Instant at) implements State {}

    /** Waits for the review of the data authority. */
    record DepartmentApproved(String submittedBy, String by, Instant at) implements State {}

    /** Waits to be published by the data authority. */
    record Approved(String submittedBy, String by, Instant at) implements State {}

    record Published(String by, Instant at) implements State {}

    /** Back with the steward, who reads why. */
    record Returned(String reason, String by, Instant at) implements State {}

    /** Over, with all its versions. */
    record Withdrawn(String reason, String by, Instant at) implements State {}

    String by();

    Instant at();

    default Stage stage() {
        return switch (this) {
            case Draft _ -> Stage.DRAFT;
            case Submitted _ -> Stage.SUBMITTED;
            case DepartmentApproved _ -> Stage.DEPARTMENT_APPROVED;
            case Approved _ -> Stage.APPROVED;
            case Published _ -> Stage.PUBLISHED;
            case Returned _ -> Stage.RETURNED;
            case Withdrawn _ -> Stage.WITHDRAWN;
        };
    }

    /** Who sent it for review; empty when it is not under review. */
    default String submitter() {
        return switch (this) {
            case Submitted(var by, _) -> by;
            case DepartmentApproved(var submittedBy, _, _) -> submittedBy;
            case Approved(var submittedBy, _, _) -> submittedBy;
            case Draft _, Published _, Returned _, Withdrawn _ -> "";
        };
    }

    /** Why it was returned or withdrawn; empty otherwise. */
    default String reason() {
        return switch (this) {
            case Returned(var reason, _, _) -> reason;
            case Withdrawn(var reason, _, _) -> reason;
            case Draft _, Submitted _, DepartmentApproved _, Approved _, Published _ -> "";
        };
    }

    static State of(Stage stage, String by, Instant at, String submittedBy, String reason) {
        return switch (stage) {
            case DRAFT -> new Draft(by, at);
            case SUBMITTED -> new Submitted(by, at);
            case DEPARTMENT_APPROVED -> new DepartmentApproved(submittedBy, by, at);
            case APPROVED -> new Approved(submittedBy, by, at);
            case PUBLISHED -> new Published(by, at);
            case RETURNED -> new Returned(reason, by, at);
            case WITHDRAWN -> new Withdrawn(reason, by, at);
        };
    }
}
