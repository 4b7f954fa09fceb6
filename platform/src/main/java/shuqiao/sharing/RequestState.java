package shuqiao.sharing;

import java.util.Optional;

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
    WITHDRAWN;

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
        WITHDRAW
    }

    /** Empty when the move is not possible here. */
    public Optional<RequestState> after(Move move) {
        return Optional.ofNullable(
                switch (this) {
                    case DRAFT, RETURNED ->
                            switch (move) {
                                case CHANGE -> this;
                                case SEND -> SENT;
                                case WITHDRAW -> WITHDRAWN;
                                case DRAFT,
                                        GRANT_AT_ONCE,
                                        ACCEPT,
                                        RETURN,
                                        TAKE_BACK,
                                        PREPARE,
                                        SEND_BACK,
                                        GRANT,
                                        GRANT_IN_PART,
                                        REFUSE ->
                                        null;
                            };
                    case SENT ->
                            switch (move) {
                                case GRANT_AT_ONCE -> GRANTED;
                                case ACCEPT -> ACCEPTED;
                                case RETURN -> RETURNED;
                                case TAKE_BACK -> DRAFT;
                                case WITHDRAW -> WITHDRAWN;
                                case DRAFT,
                                        CHANGE,
                                        SEND,
                                        PREPARE,
                                        SEND_BACK,
                                        GRANT,
                                        GRANT_IN_PART,
                                        REFUSE ->
                                        null;
                            };
                    case ACCEPTED, PREPARED ->
                            switch (move) {
                                case PREPARE -> PREPARED;
                                case RETURN -> RETURNED;
                                case TAKE_BACK -> DRAFT;
                                case WITHDRAW -> WITHDRAWN;
                                case SEND_BACK -> this == PREPARED ? ACCEPTED : null;
                                case GRANT -> this == PREPARED ? GRANTED : null;
                                case GRANT_IN_PART -> this == PREPARED ? GRANTED_IN_PART : null;
                                case REFUSE -> this == PREPARED ? REFUSED : null;
                                case DRAFT, CHANGE, SEND, GRANT_AT_ONCE, ACCEPT -> null;
                            };
                    case GRANTED, GRANTED_IN_PART, REFUSED, WITHDRAWN -> null;
                });
    }

    /** Whether it still waits for somebody. */
    public boolean open() {
        return switch (this) {
            case DRAFT, SENT, RETURNED, ACCEPTED, PREPARED -> true;
            case GRANTED, GRANTED_IN_PART, REFUSED, WITHDRAWN -> false;
        };
    }
}
