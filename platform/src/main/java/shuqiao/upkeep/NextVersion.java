package shuqiao.upkeep;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shuqiao.catalog.DataType;
import shuqiao.catalog.Description;
import shuqiao.catalog.Item;
import shuqiao.engine.Column;
import shuqiao.engine.Table;

/** The words of a catalog entry after its table: what is lost is left out, what changed follows. */
final class NextVersion {

    private NextVersion() {}

    static Description of(Description it, List<Difference> open, Table table) {
        var keyed = open.stream().anyMatch(one -> one.kind() == DifferenceKind.KEY_CHANGED);
        var items = new ArrayList<Item>();
        for (var item : it.items()) {
            var column = table.column(item.column()).orElse(null);
            if (column == null) continue;
            var next = item;
            for (var one : open)
                if (one.column().equals(item.column())) next = follow(next, one, column);
            items.add(keyed ? keyed(next, table.key().contains(item.column())) : next);
        }
        return it.withItems(items);
    }

    private static Item follow(Item it, Difference one, Column column) {
        return switch (one.kind()) {
            case TYPE_CHANGED, LENGTH_CHANGED -> typed(it, column);
            case NULLABILITY_CHANGED ->
                    with(
                            it,
                            it.description(),
                            it.dataType(),
                            it.length(),
                            it.key(),
                            column.nullable());
            // words of the steward's own stay
            case COMMENT_CHANGED ->
                    it.description().equals(one.was())
                            ? with(
                                    it,
                                    one.now(),
                                    it.dataType(),
                                    it.length(),
                                    it.key(),
                                    it.nullable())
                            : it;
            case TABLE_GONE, COLUMN_LOST, COLUMN_ADDED, KEY_CHANGED -> it;
        };
    }

    private static Item typed(Item it, Column column) {
        var type =
                it.dataType() != null && it.dataType().suits(column)
                        ? it.dataType()
                        : DataType.of(column);
        return with(
                it,
                it.description(),
                type,
                column.lengthMax().isPresent()
                        ? Integer.valueOf(column.lengthMax().getAsInt())
                        : null,
                it.key(),
                it.nullable());
    }

    private static Item keyed(Item it, boolean key) {
        return with(it, it.description(), it.dataType(), it.length(), key, it.nullable());
    }

    private static Item with(
            Item it,
            String description,
            @Nullable DataType type,
            @Nullable Integer length,
            boolean key,
            boolean nullable) {
        return new Item(
                it.name(),
                description,
                type,
                length,
                it.column(),
                it.columnType(),
                key,
                it.sensitivity(),
                it.shareable(),
                nullable,
                it.element(),
                it.codes());
    }
}
