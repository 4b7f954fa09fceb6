package shuqiao.sharing;

import java.util.List;
import java.util.Set;
import shuqiao.catalog.SharingKind;

/**
 * What sharing has to know of a published resource.
 *
 * @param condition on which it is shared, or the basis on which it is not
 * @param range credit codes named in 共享范围
 * @param columns all that are published, in source order
 * @param shareable those of them that may be asked for
 * @param rowSecurity of the table only the rows are meant that its row security shows
 */
record Offer(
        long resource,
        String code,
        int version,
        String title,
        String provider,
        boolean withdrawn,
        SharingKind sharing,
        String condition,
        Set<String> range,
        List<String> columns,
        List<String> shareable,
        long source,
        String schema,
        String table,
        boolean rowSecurity) {}
