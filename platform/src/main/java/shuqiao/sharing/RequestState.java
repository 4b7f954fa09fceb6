package shuqiao.sharing;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a request stands. The one place that knows which move leads where. */
public enum RequestState {
    DRAFT,
    SENT,
    RETURNED,
    ACCEPTED,
    PREPARED,
    GRANTED,
    GRANTED_IN_PART,
    REFUSED,
    WITHDRAWN,
    /** The two departments talk about the answer. */
    NEGOTIATING,
    /** The talks ended without agreement, or the consumer dropped them: the answer stands. */
    KEPT,
    /** The authority settles it. */
    ARBITRATING,
    AWARDED,
    AWARDED_IN_PART,
    UPHELD;

    /** What can be done to a request. */
    public enum Move {
        DRAFT,
        CHANGE,
        SEND,
        GRANT_AT_ONCE,
        ACCEPT,
        RETURN,
        /** The consumer takes it back to write it anew (变更); the clock stands meanwhile. */
        TAKE_BACK,
        PREPARE,
        /** The provider's reviewer gives the prepared answer back to the steward. */
        SEND_BACK,
        GRANT,
        GRANT_IN_PART,
        REFUSE,
        WITHDRAW,
        ASK_EXTENSION,
        EXTEND,
        REFUSE_EXTENSION,
        NEGOTIATE,
        AGREE,
        AGREE_IN_PART,
        KEEP,
        ARBITRATE,
        DROP,
        AWARD,
        AWARD_IN_PART,
        UPHOLD;

        /** Whether it is the signature of a department, which a substitute may give. */
        boolean signed() {
            return switch (this) {
                case SEND, GRANT, GRANT_IN_PART, REFUSE, ASK_EXTENSION -> true;
                case NEGOTIATE, AGREE, AGREE_IN_PART, KEEP, ARBITRATE, DROP -> true;
                case DRAFT, CHANGE, GRANT_AT_ONCE, ACCEPT, RETURN, PREPARE, WITHDRAW -> false;
                case TAKE_BACK -> false;
                case SEND_BACK -> true;
                case EXTEND, REFUSE_EXTENSION, AWARD, AWARD_IN_PART, UPHOLD -> false;
            };
        }
    }

    /** Empty when the move is not possible here. */
    public Optional<RequestState> after(Move move) {
        return Optional.ofNullable(
                switch (this) {
                    case DRAFT, RETURNED -> unsent(move);
                    case SENT -> sent(move);
                    case ACCEPTED, PREPARED -> withProvider(move);
                    case GRANTED_IN_PART, REFUSED, KEPT -> answered(move);
                    case NEGOTIATING -> negotiating(move);
                    case ARBITRATING -> arbitrating(move);
                    case GRANTED, WITHDRAWN, AWARDED, AWARDED_IN_PART, UPHELD -> null;
                });
    }

    private @Nullable RequestState unsent(Move move) {
        return switch (move) {
            case CHANGE -> this;
            case SEND -> SENT;
            case WITHDRAW -> WITHDRAWN;
            case DRAFT, GRANT_AT_ONCE, ACCEPT, RETURN, PREPARE, GRANT, GRANT_IN_PART, REFUSE ->
                    null;
            case ASK_EXTENSION, EXTEND, REFUSE_EXTENSION -> null;
            case TAKE_BACK, SEND_BACK -> null;
            case NEGOTIATE, AGREE, AGREE_IN_PART, KEEP -> null;
            case ARBITRATE, DROP, AWARD, AWARD_IN_PART, UPHOLD -> null;
        };
    }

    private static @Nullable RequestState sent(Move move) {
        return switch (move) {
            case GRANT_AT_ONCE -> GRANTED;
            case ACCEPT -> ACCEPTED;
            case RETURN -> RETURNED;
            case WITHDRAW -> WITHDRAWN;
            case DRAFT, CHANGE, SEND, PREPARE, GRANT, GRANT_IN_PART, REFUSE -> null;
            case ASK_EXTENSION, EXTEND, REFUSE_EXTENSION -> null;
            case TAKE_BACK -> DRAFT;
            case SEND_BACK -> null;
            case NEGOTIATE, AGREE, AGREE_IN_PART, KEEP -> null;
            case ARBITRATE, DROP, AWARD, AWARD_IN_PART, UPHOLD -> null;
        };
    }

    private @Nullable RequestState withProvider(Move move) {
        return switch (move) {
            case PREPARE -> PREPARED;
            case RETURN -> RETURNED;
            case WITHDRAW -> WITHDRAWN;
            case GRANT -> this == PREPARED ? GRANTED : null;
            case GRANT_IN_PART -> this == PREPARED ? GRANTED_IN_PART : null;
            case REFUSE -> this == PREPARED ? REFUSED : null;
            case ASK_EXTENSION, EXTEND, REFUSE_EXTENSION -> this;
            case DRAFT, CHANGE, SEND, GRANT_AT_ONCE, ACCEPT -> null;
            case TAKE_BACK -> DRAFT;
            case SEND_BACK -> this == PREPARED ? ACCEPTED : null;
            case NEGOTIATE, AGREE, AGREE_IN_PART, KEEP -> null;
            case ARBITRATE, DROP, AWARD, AWARD_IN_PART, UPHOLD -> null;
        };
    }

    /** Less was given than was asked for; whether the profile knows the way is for the door. */
    private @Nullable RequestState answered(Move move) {
        return switch (move) {
            case NEGOTIATE -> this == KEPT ? null : NEGOTIATING;
            case ARBITRATE -> ARBITRATING;
            case DRAFT, CHANGE, SEND, GRANT_AT_ONCE, ACCEPT, RETURN, PREPARE -> null;
            case GRANT, GRANT_IN_PART, REFUSE, WITHDRAW -> null;
            case ASK_EXTENSION, EXTEND, REFUSE_EXTENSION -> null;
            case AGREE, AGREE_IN_PART, KEEP, DROP, AWARD, AWARD_IN_PART, UPHOLD -> null;
            case TAKE_BACK, SEND_BACK -> null;
        };
    }

    private static @Nullable RequestState negotiating(Move move) {
        return switch (move) {
            case PREPARE -> NEGOTIATING;
            case AGREE -> GRANTED;
            case AGREE_IN_PART -> GRANTED_IN_PART;
            case KEEP, DROP -> KEPT;
            case ARBITRATE -> ARBITRATING;
            case DRAFT, CHANGE, SEND, GRANT_AT_ONCE, ACCEPT, RETURN -> null;
            case GRANT, GRANT_IN_PART, REFUSE, WITHDRAW -> null;
            case ASK_EXTENSION, EXTEND, REFUSE_EXTENSION -> null;
            case TAKE_BACK, SEND_BACK -> null;
            case NEGOTIATE, AWARD, AWARD_IN_PART, UPHOLD -> null;
        };
    }

    private static @Nullable RequestState arbitrating(Move move) {
        return switch (move) {
            case AWARD -> AWARDED;
            case AWARD_IN_PART -> AWARDED_IN_PART;
            case UPHOLD -> UPHELD;
            case DROP -> KEPT;
            case DRAFT, CHANGE, SEND, GRANT_AT_ONCE, ACCEPT, RETURN, PREPARE -> null;
            case GRANT, GRANT_IN_PART, REFUSE, WITHDRAW -> null;
            case ASK_EXTENSION, EXTEND, REFUSE_EXTENSION -> null;
            case TAKE_BACK, SEND_BACK -> null;
            case NEGOTIATE, AGREE, AGREE_IN_PART, KEEP, ARBITRATE -> null;
        };
    }

    /** Whether it waits for somebody. */
    public boolean open() {
        return switch (this) {
            case DRAFT, SENT, RETURNED, ACCEPTED, PREPARED, NEGOTIATING, ARBITRATING -> true;
            case GRANTED, GRANTED_IN_PART, REFUSED, WITHDRAWN -> false;
            case KEPT, AWARDED, AWARDED_IN_PART, UPHELD -> false;
        };
    }

    /** Whether it is answered, but the consumer may still go a step further. */
    public boolean disputable() {
        return after(Move.ARBITRATE).isPresent() && !open();
    }
}
