package shuqiao.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import shuqiao.engine.Standing.Reference;

/**
 * Foreign keys that point at a single partition of the target and lose rows without a word. A row
 * that a correction moves into another partition has gone from the one that is pointed at, and its
 * key deletes or overwrites as if the row had been deleted.
 */
final class PartReferences {

    private final WireConnection target;
    private final Standing standing;
    private final Map<Reference, TableDigest> before = new LinkedHashMap<>();

    PartReferences(WireConnection target, Standing standing) {
        this.target = target;
        this.standing = standing;
    }

    /**
     * Notes what points there. Where we may not look, no row of that partition may change.
     *
     * @param same that a row of the partition {@code t} comes again as it is, as {@code s}
     * @throws EngineFailure target-referenced
     */
    void before(Staging staging, String same) {
        for (var by : standing.references()) {
            var partition = by.partition();
            if (partition.isEmpty() || by.itself() || !by.isSilent()) continue;
            if (by.seen()) {
                before.put(by, pointing(by));
                continue;
            }
            var changing =
                    FinalCheck.count(
                            target,
                            "%s t where not exists (select from %s s where %s)"
                                    .formatted(partition.get(), staging.quoted(), same));
            if (changing > 0) throw standing.referenced(by, String.valueOf(changing));
        }
    }

    /**
     * After rows were deleted and corrected.
     *
     * @throws EngineFailure target-referenced
     */
    void after() {
        before.forEach((by, digest) -> {
            var now = pointing(by);
            if (now.equals(digest)) return;
            var lost = digest.rows() - now.rows();
            throw standing.referenced(by, lost > 0 ? String.valueOf(lost) : "");
        });
    }

    /** Rows of the other table that point at something, with what they point at. */
    private TableDigest pointing(Reference by) {
        var columns = by.columns().stream().map(PostgresDialect::quoted).toList();
        return TableDigest.compute(
                target,
                "select %s from %s where %s"
                        .formatted(
                                String.join(", ", columns),
                                PostgresDialect.quoted(by.schema(), by.child()),
                                columns.stream()
                                        .map(column -> column + " is not null")
                                        .collect(Collectors.joining(" and "))));
    }
}
