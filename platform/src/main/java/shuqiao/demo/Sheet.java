package shuqiao.demo;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One table of a department of the demo city, and what its steward wrote of it in the catalog.
 *
 * @param rows which rows it has, see {@link Rows}
 * @param day how many days before the first start its entry was begun
 * @param stage where its entry stands
 * @param note why it was returned or withdrawn, or what its next version changes; else empty
 */
record Sheet(
        String database,
        String table,
        String title,
        boolean small,
        String rows,
        String office,
        String classification,
        String cycle,
        String sharing,
        String sharingText,
        @Nullable String openCondition,
        int day,
        Standing stage,
        String note,
        String about,
        List<Column> columns) {

    /** How far the entry has come. */
    enum Standing {
        DRAFT,
        SUBMITTED,
        RETURNED,
        DEPARTMENT_APPROVED,
        APPROVED,
        PUBLISHED,
        /** Published, and the next version is being written. */
        NEXT_VERSION,
        WITHDRAWN
    }

    /**
     * @param comment name of the item; more words on a second line
     * @param maker what makes its values, see {@link Makers}
     */
    record Column(
            String name,
            String type,
            boolean key,
            boolean required,
            String comment,
            String maker) {}

    boolean fromFile() {
        return rows.startsWith("file ");
    }

    /** As the REST call would carry it; the items come from the table. */
    Map<String, Object> described() {
        var described = new java.util.HashMap<String, Object>();
        described.put("name", title);
        described.put("classification", classification);
        described.put("summary", about);
        described.put("innerDepartment", office);
        described.put("formatKind", "DATABASE");
        described.put("formatType", "PostgreSQL");
        described.put("sharingKind", sharing);
        switch (sharing) {
            case "CONDITIONAL" -> described.put("sharingCondition", sharingText);
            case "NOT_SHARED" -> described.put("sharingBasis", sharingText);
            default -> {}
        }
        if (!sharing.equals("NOT_SHARED")) {
            described.put("sharingMethodKind", "PLATFORM");
            described.put("sharingMethodType", "DATABASE");
        }
        var open = openCondition;
        described.put("open", open != null);
        if (open != null) described.put("openCondition", open);
        described.put("updateCycle", cycle);
        described.put("items", List.of());
        return described;
    }
}
