package shuqiao.catalog;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Clock;

/** What the API shows of resources. */
final class ResourceViews {

    private ResourceViews() {}

    /**
     * A piece of what was found.
     *
     * @param facets parameter to value to how many have it; only when asked for
     */
    record FoundResources(
            List<FoundResource> items,
            long total,
            @Nullable String next,
            @Nullable Map<String, Map<String, Long>> facets) {}

    /**
     * @param state of what is shown: one's own as it is worked on, another's as it is published
     * @param revision to be given back when changing, so that nobody's change is overwritten
     * @param publicationDate 发布日期 of the valid version
     */
    record ResourceView(
            long id,
            @Nullable String code,
            int version,
            Stage state,
            String reason,
            int revision,
            String provider,
            String providerName,
            Description description,
            @Nullable Mount mount,
            @Nullable Integer publishedVersion,
            @Nullable LocalDate publicationDate,
            Instant createdAt,
            Instant changedAt,
            List<Review> reviews) {
        static ResourceView of(Sight it) {
            return new ResourceView(
                    it.id(),
                    it.code(),
                    it.version(),
                    it.state(),
                    it.reason(),
                    it.revision(),
                    it.provider(),
                    it.providerName(),
                    it.description(),
                    it.mount().orElse(null),
                    it.publishedVersion(),
                    date(it.publishedAt()),
                    it.createdAt(),
                    it.changedAt(),
                    it.reviews());
        }
    }

    record VersionView(
            long resource,
            String code,
            int version,
            boolean current,
            boolean withdrawn,
            String provider,
            LocalDate publicationDate,
            Instant publishedAt,
            Description description,
            @Schema(
                            description =
                                    "The provider declared at the mount that only the rows are meant that row security of its table shows our account")
                    boolean rowSecurity) {
        static VersionView of(PublishedResource it) {
            return new VersionView(
                    it.id(),
                    it.code(),
                    it.version(),
                    it.current(),
                    it.withdrawn(),
                    it.provider(),
                    it.publishedAt().atZone(Clock.ZONE).toLocalDate(),
                    it.publishedAt(),
                    it.description(),
                    it.rowSecurity());
        }
    }

    private static @Nullable LocalDate date(@Nullable Instant at) {
        return at == null ? null : at.atZone(Clock.ZONE).toLocalDate();
    }
}
