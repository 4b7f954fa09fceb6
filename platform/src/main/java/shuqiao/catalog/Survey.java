package shuqiao.catalog;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * 大普查六项 of a resource: how much there is, and how much of it is shared and open. Bare numbers, 0
 * where it is not known.
 *
 * @param storage 数据存储总量, in G
 * @param records 结构化记录总数
 * @param sharedStorage 已共享存储量, in G
 * @param openStorage 已开放存储量, in G
 */
public record Survey(
        BigDecimal storage,
        Long records,
        BigDecimal sharedStorage,
        Long sharedRecords,
        BigDecimal openStorage,
        Long openRecords) {

    public static final Survey NONE = new Survey(null, null, null, null, null, null);

    public Survey(
            @Nullable BigDecimal storage,
            @Nullable Long records,
            @Nullable BigDecimal sharedStorage,
            @Nullable Long sharedRecords,
            @Nullable BigDecimal openStorage,
            @Nullable Long openRecords) {
        this.storage = plain(storage);
        this.records = Objects.requireNonNullElse(records, 0L);
        this.sharedStorage = plain(sharedStorage);
        this.sharedRecords = Objects.requireNonNullElse(sharedRecords, 0L);
        this.openStorage = plain(openStorage);
        this.openRecords = Objects.requireNonNullElse(openRecords, 0L);
    }

    /** Whether anything was filled in. */
    public boolean known() {
        return !equals(NONE);
    }

    public Survey plus(Survey other) {
        return new Survey(
                storage.add(other.storage),
                records + other.records,
                sharedStorage.add(other.sharedStorage),
                sharedRecords + other.sharedRecords,
                openStorage.add(other.openStorage),
                openRecords + other.openRecords);
    }

    /** 1.50 and 1.5 are one number. */
    private static BigDecimal plain(@Nullable BigDecimal value) {
        if (value == null || value.signum() == 0) return BigDecimal.ZERO;
        var bare = value.stripTrailingZeros();
        return bare.scale() < 0 ? bare.setScale(0) : bare;
    }
}
