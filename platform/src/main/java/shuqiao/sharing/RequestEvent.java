package shuqiao.sharing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** What happens to a request. */
public sealed interface RequestEvent extends DomainEvent {

    /** The provider's reviewer gave a prepared answer back to the steward. */
    record AnswerSentBack(long request, String number, Actor by, Instant at)
            implements RequestEvent {}

    /** A file was added to a request; its name is not told, it may name a person. */
    record AttachmentAdded(
            long request,
            String number,
            long attachment,
            FileKind kind,
            long size,
            String sha256,
            Actor by,
            Instant at)
            implements RequestEvent {

        @Override
        public Map<String, Object> facts() {
            return file(request, number, attachment, kind, size, sha256);
        }
    }

    /** A file was taken from a request again. */
    record AttachmentRemoved(
            long request,
            String number,
            long attachment,
            FileKind kind,
            long size,
            String sha256,
            Actor by,
            Instant at)
            implements RequestEvent {

        @Override
        public Map<String, Object> facts() {
            return file(request, number, attachment, kind, size, sha256);
        }
    }

    /**
     * A notice of holidays moved a running due date.
     *
     * @param notice its year and version
     */
    record DeadlineMoved(
            long request,
            Limit what,
            LocalDate before,
            LocalDate due,
            String notice,
            Actor by,
            Instant at)
            implements RequestEvent {

        @Override
        public Map<String, Object> facts() {
            return Map.of(
                    "request", request,
                    "limit", what.name(),
                    "before", before.toString(),
                    "due", due.toString(),
                    "notice", notice);
        }
    }

    /**
     * The authority consented to more time, or refused it.
     *
     * @param due the new due date of the answer
     */
    record ExtensionAnswered(
            long request,
            String number,
            Extension.Outcome outcome,
            Optional<LocalDate> due,
            Actor by,
            Instant at)
            implements RequestEvent {

        @Override
        public Map<String, Object> facts() {
            return Map.of(
                    "request",
                    request,
                    "number",
                    number,
                    "outcome",
                    outcome.name(),
                    "due",
                    due.map(LocalDate::toString).orElse(""));
        }
    }

    /** A provider asked for more time to answer. */
    record ExtensionAsked(long request, String number, int days, Actor by, Instant at)
            implements RequestEvent {}

    /**
     * A phrase for opinions was added, changed or removed.
     *
     * @param organization whose it is; empty for all departments
     */
    record PhraseChanged(
            long phrase,
            Change change,
            Decision.Outcome outcome,
            String organization,
            Actor by,
            Instant at)
            implements RequestEvent {

        public enum Change {
            ADDED,
            CHANGED,
            REMOVED
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of(
                    "phrase",
                    phrase,
                    "change",
                    change.name(),
                    "outcome",
                    outcome.name(),
                    "organization",
                    organization);
        }
    }

    /** A version of a legal profile was written. */
    record ProfileAdded(String code, int version, Actor by, Instant at) implements RequestEvent {}

    /** A legal profile came into force. */
    record ProfileChosen(String code, int version, Actor by, Instant at) implements RequestEvent {}

    /** The authority found a request complete. */
    record RequestAccepted(long request, String number, Actor by, Instant at)
            implements RequestEvent {}

    /** A request was written anew before it was sent. */
    record RequestChanged(long request, String number, Actor by, Instant at)
            implements RequestEvent {}

    /** A request was answered. */
    record RequestDecided(
            long request,
            String number,
            Decision.Outcome outcome,
            Grant.Rule rule,
            Actor by,
            Instant at)
            implements RequestEvent {}

    /** A request was written down. */
    record RequestDrafted(
            long request,
            String number,
            long resource,
            String consumer,
            String provider,
            Actor by,
            Instant at)
            implements RequestEvent {}

    /**
     * The provider's steward prepared the answer.
     *
     * @param outcome that the answer is to have; null where only words were written
     */
    record RequestPrepared(
            long request, String number, Decision.@Nullable Outcome outcome, Actor by, Instant at)
            implements RequestEvent {

        @Override
        public Map<String, Object> facts() {
            return outcome == null
                    ? Map.of("request", request, "number", number)
                    : Map.of("request", request, "number", number, "outcome", outcome.name());
        }
    }

    /** The authority gave a request back for completion. */
    record RequestReturned(long request, String number, Actor by, Instant at)
            implements RequestEvent {}

    /** A department signed its request and sent it. */
    record RequestSent(
            long request,
            String number,
            long resource,
            int version,
            String profile,
            Actor by,
            Instant at)
            implements RequestEvent {}

    /** The consumer took a request back to write it anew. */
    record RequestTakenBack(long request, String number, Actor by, Instant at)
            implements RequestEvent {}

    /** The consumer took its request back. */
    record RequestWithdrawn(long request, String number, Actor by, Instant at)
            implements RequestEvent {}

    private static Map<String, Object> file(
            long request, String number, long attachment, FileKind kind, long size, String sha256) {
        return Map.of(
                "request",
                request,
                "number",
                number,
                "attachment",
                attachment,
                "kind",
                kind.name(),
                "size",
                size,
                "digest",
                "sha256:" + sha256);
    }
}
