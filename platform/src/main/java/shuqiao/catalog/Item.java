package shuqiao.catalog;

import org.jspecify.annotations.Nullable;

/**
 * 信息项: one field of a resource as people read it. What was left out of a request becomes empty, a
 * shareable and nullable item that is no key.
 *
 * @param length characters or digits, or null
 * @param column of the mounted table, empty before
 * @param columnType of the live column as its database writes it, empty before it is mounted
 * @param element identifier or name of the standard data element that it is; empty where nobody
 *     said
 * @param codes 值域: the codes it takes with what they stand for, as 「1 男；2 女」, or the standard that
 *     holds them; empty where any value may stand
 */
public record Item(
        String name,
        String description,
        @Nullable DataType dataType,
        @Nullable Integer length,
        String column,
        String columnType,
        Boolean key,
        Sensitivity sensitivity,
        Boolean shareable,
        Boolean nullable,
        String element,
        String codes) {

    /** One of which nobody said which data element it is, nor which codes it takes. */
    public Item(
            String name,
            String description,
            @Nullable DataType dataType,
            @Nullable Integer length,
            String column,
            String columnType,
            Boolean key,
            Sensitivity sensitivity,
            Boolean shareable,
            Boolean nullable) {
        this(
                name,
                description,
                dataType,
                length,
                column,
                columnType,
                key,
                sensitivity,
                shareable,
                nullable,
                "",
                "");
    }

    public Item {
        name = Description.text(name);
        description = Description.text(description);
        column = column == null ? "" : column;
        columnType = Description.text(columnType);
        key = key != null && key;
        sensitivity = sensitivity == null ? Sensitivity.NONE : sensitivity;
        shareable = shareable == null || shareable;
        nullable = nullable == null || nullable;
        element = Description.text(element);
        codes = Description.text(codes);
    }

    /** Known, but not to be shared. */
    Item withheld() {
        return new Item(
                name,
                description,
                dataType,
                length,
                column,
                columnType,
                key,
                sensitivity,
                false,
                nullable,
                element,
                codes);
    }

    /** Which takes these codes. */
    Item coded(String others) {
        return new Item(
                name,
                description,
                dataType,
                length,
                column,
                columnType,
                key,
                sensitivity,
                shareable,
                nullable,
                element,
                others);
    }

    Item mountedOn(String liveColumn, String liveType) {
        return new Item(
                name,
                description,
                dataType,
                length,
                liveColumn,
                liveType,
                key,
                sensitivity,
                shareable,
                nullable,
                element,
                codes);
    }
}
