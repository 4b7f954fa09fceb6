package shuqiao.catalog;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A published version, which never changes, and what has become of it since.
 *
 * @param id of the resource, the same for all versions
 * @param withdrawn the resource is over: no new request, no new run
 * @param current whether it is the version that is valid now
 * @param range credit codes named in 共享范围
 * @param rowSecurity the provider declared that row security shows just the rows that are meant
 */
public record PublishedResource(
        long id,
        String code,
        int version,
        String name,
        String provider,
        boolean withdrawn,
        boolean current,
        SharingKind sharingKind,
        String condition,
        String basis,
        List<String> range,
        List<Field> fields,
        long source,
        String schema,
        String table,
        @Nullable UpdateCycle updateCycle,
        boolean open,
        Instant publishedAt,
        Description description,
        boolean rowSecurity) {

    /**
     * @param type of the live column when it was mounted, as its database writes it
     */
    public record Field(
            String name,
            String column,
            String type,
            @Nullable DataType dataType,
            boolean key,
            boolean shareable,
            Sensitivity sensitivity,
            boolean nullable) {}

    static List<Field> fields(Description description) {
        return description.items().stream()
                .map(item ->
                        new Field(
                                item.name(),
                                item.column(),
                                item.columnType(),
                                item.dataType(),
                                item.key(),
                                item.shareable(),
                                item.sensitivity(),
                                item.nullable()))
                .toList();
    }

    Mount mount() {
        return new Mount(source, schema, table, null, rowSecurity ? true : null);
    }
}
