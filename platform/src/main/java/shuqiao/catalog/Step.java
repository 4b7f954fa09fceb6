package shuqiao.catalog;

import java.time.Instant;
import java.util.Map;
import shuqiao.catalog.State.Approved;
import shuqiao.catalog.State.DepartmentApproved;
import shuqiao.catalog.State.Draft;
import shuqiao.catalog.State.Published;
import shuqiao.catalog.State.Returned;
import shuqiao.catalog.State.Submitted;
import shuqiao.catalog.State.Withdrawn;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.NotAllowed;

/**
 * A step of the life of a resource. Each leads from certain states and is refused from all others.
 */
public enum Step {
    EDIT,
    SUBMIT,
    /** Takes back what waits for the review of the department. */
    RECALL,
    DEPARTMENT_APPROVE,
    DEPARTMENT_RETURN,
    AUTHORITY_APPROVE,
    AUTHORITY_RETURN,
    PUBLISH,
    NEW_VERSION,
    WITHDRAW;

    /**
     * The state after this step.
     *
     * @param reason for a return or withdrawal
     * @throws Conflict naming the state that is in the way
     * @throws NotAllowed when the one who sent it for review would review it
     */
    State from(State state, String by, Instant now, String reason) {
        return switch (this) {
            case EDIT ->
                    switch (state) {
                        case Draft _ -> new Draft(by, now);
                        case Returned(var why, _, _) -> new Returned(why, by, now);
                        case Submitted _,
                                DepartmentApproved _,
                                Approved _,
                                Published _,
                                Withdrawn _ ->
                                throw notNow(state);
                    };
            case SUBMIT ->
                    switch (state) {
                        case Draft _, Returned _ -> new Submitted(by, now);
                        case Submitted _,
                                DepartmentApproved _,
                                Approved _,
                                Published _,
                                Withdrawn _ ->
                                throw notNow(state);
                    };
            case RECALL ->
                    switch (state) {
                        case Submitted _ -> new Draft(by, now);
                        case Draft _,
                                DepartmentApproved _,
                                Approved _,
                                Published _,
                                Returned _,
                                Withdrawn _ ->
                                throw notNow(state);
                    };
            case DEPARTMENT_APPROVE -> {
                waitsForDepartment(state, by);
                yield new DepartmentApproved(state.submitter(), by, now);
            }
            case DEPARTMENT_RETURN -> {
                waitsForDepartment(state, by);
                yield new Returned(reason, by, now);
            }
            case AUTHORITY_APPROVE ->
                    switch (state) {
                        case DepartmentApproved(var submittedBy, _, _) -> {
                            fourEyes(submittedBy, by);
                            yield new Approved(submittedBy, by, now);
                        }
                        case Draft _,
                                Submitted _,
                                Approved _,
                                Published _,
                                Returned _,
                                Withdrawn _ ->
                                throw notNow(state);
                    };
            case AUTHORITY_RETURN ->
                    switch (state) {
                        case DepartmentApproved _, Approved _ -> new Returned(reason, by, now);
                        case Draft _, Submitted _, Published _, Returned _, Withdrawn _ ->
                                throw notNow(state);
                    };
            case PUBLISH ->
                    switch (state) {
                        case Approved(var submittedBy, _, _) -> {
                            fourEyes(submittedBy, by);
                            yield new Published(by, now);
                        }
                        case Draft _,
                                Submitted _,
                                DepartmentApproved _,
                                Published _,
                                Returned _,
                                Withdrawn _ ->
                                throw notNow(state);
                    };
            case NEW_VERSION ->
                    switch (state) {
                        case Published _ -> new Draft(by, now);
                        case Draft _,
                                Submitted _,
                                DepartmentApproved _,
                                Approved _,
                                Returned _,
                                Withdrawn _ ->
                                throw notNow(state);
                    };
            case WITHDRAW ->
                    switch (state) {
                        case Draft _,
                                Submitted _,
                                DepartmentApproved _,
                                Approved _,
                                Published _,
                                Returned _ ->
                                new Withdrawn(reason, by, now);
                        case Withdrawn _ -> throw notNow(state);
                    };
        };
    }

    private void waitsForDepartment(State state, String by) {
        if (!(state instanceof Submitted(var submittedBy, _))) throw notNow(state);
        fourEyes(submittedBy, by);
    }

    private static void fourEyes(String submittedBy, String by) {
        if (submittedBy.equals(by)) throw NotAllowed.because("catalog-own-work");
    }

    private Conflict notNow(State state) {
        return new Conflict("catalog:not-now", Map.of("step", this, "state", state.stage()));
    }
}
