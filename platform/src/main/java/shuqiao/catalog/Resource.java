package shuqiao.catalog;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An information resource as its department works on it. What others see of it are its published
 * versions.
 *
 * @param provider credit code of the department
 * @param code 信息资源代码, given once at the first publication
 * @param version number of the version being worked on, or published when the state says so
 * @param publishedVersion number of the version that is valid; stays until the next replaces it
 * @param revision counts every change
 */
public record Resource(
        long id,
        String provider,
        @Nullable String code,
        int version,
        State state,
        Description description,
        Optional<Mount> mount,
        @Nullable Integer publishedVersion,
        String createdBy,
        Instant createdAt,
        Instant changedAt,
        int revision) {

    public String name() {
        return description.name();
    }

    boolean isWithdrawn() {
        return state instanceof State.Withdrawn;
    }

    Resource after(State next) {
        return copy(code, version, next, description, mount, publishedVersion);
    }

    Resource described(Description other, Optional<Mount> on) {
        return copy(code, version, state, other, on, publishedVersion);
    }

    Resource publishedAs(String givenCode, State next) {
        return copy(givenCode, version, next, description, mount, version);
    }

    Resource nextVersion(State next) {
        return copy(code, version + 1, next, description, mount, publishedVersion);
    }

    /** As it is published: what was begun after that is gone. */
    Resource backTo(PublishedResource valid, State.Published then) {
        return new Resource(
                id,
                provider,
                code,
                valid.version(),
                then,
                valid.description(),
                Optional.of(
                        new Mount(
                                valid.source(),
                                valid.schema(),
                                valid.table(),
                                rows(),
                                valid.rowSecurity() ? true : null)),
                publishedVersion,
                createdBy,
                createdAt,
                changedAt,
                revision);
    }

    private @Nullable Long rows() {
        return mount.map(Mount::rowEstimate).orElse(null);
    }

    private Resource copy(
            @Nullable String newCode,
            int newVersion,
            State newState,
            Description newDescription,
            Optional<Mount> newMount,
            @Nullable Integer newPublished) {
        return new Resource(
                id,
                provider,
                newCode,
                newVersion,
                newState,
                newDescription,
                newMount,
                newPublished,
                createdBy,
                createdAt,
                newState.at().isAfter(changedAt) ? newState.at() : changedAt,
                revision);
    }
}
