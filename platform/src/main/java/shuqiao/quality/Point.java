package shuqiao.quality;

import static shuqiao.quality.Criterion.COMPLETENESS;
import static shuqiao.quality.Criterion.FRESHNESS;
import static shuqiao.quality.Criterion.ITEMS;
import static shuqiao.quality.Criterion.MOUNT;
import static shuqiao.quality.Criterion.NAMING;
import static shuqiao.quality.Criterion.SHARING;

/**
 * 评分要点: one thing that is right or not. Its reason and its remedy are words of the message files,
 * {@code quality.why.*} and {@code quality.remedy.*}.
 */
public enum Point {
    SUMMARY(COMPLETENESS, 10, "basic", "summary"),
    CONTACT(COMPLETENESS, 5, "basic", "innerDepartment"),
    CLASS(COMPLETENESS, 4, "basic", "classification"),
    FORMAT(COMPLETENESS, 3, "basic", "formatKind"),
    ITEM_NAME(ITEMS, 6, "items", "name"),
    ITEM_MEANING(ITEMS, 8, "items", "description"),
    ITEM_TYPE(ITEMS, 4, "items", "dataType"),
    ITEM_LENGTH(ITEMS, 4, "items", "length"),
    ITEM_SENSITIVITY(ITEMS, 3, "items", "sensitivity"),
    ITEM_KEY(ITEMS, 3, "items", "name"),
    MOUNTED(MOUNT, 8, "mount", "mount"),
    CHECKED(MOUNT, 7, "", ""),
    KIND(SHARING, 2, "sharing", "sharingKind"),
    METHOD(SHARING, 2, "sharing", "sharingMethodKind"),
    TERMS(SHARING, 5, "sharing", "sharingKind"),
    RANGE(SHARING, 4, "sharing", "sharingRange"),
    CYCLE(FRESHNESS, 4, "basic", "updateCycle"),
    UPDATED(FRESHNESS, 8, "", ""),
    NAME_WORDS(NAMING, 4, "basic", "name"),
    NAME_SYSTEM(NAMING, 3, "basic", "name"),
    NAME_COUNTED(NAMING, 3, "basic", "name");

    private final Criterion criterion;
    private final int weight;
    private final String step;
    private final String field;

    Point(Criterion criterion, int weight, String step, String field) {
        this.criterion = criterion;
        this.weight = weight;
        this.step = step;
        this.field = field;
    }

    public Criterion criterion() {
        return criterion;
    }

    /** Of 100. */
    public int weight() {
        return weight;
    }

    /** Step of the form where it is mended; empty where no form mends it. */
    public String step() {
        return step;
    }

    /** Whether it is about each item, so that a part of it may be lost. */
    public boolean ofItems() {
        return step.equals("items") && this != ITEM_KEY;
    }

    /** Where the form of a draft mends it. */
    String editPath(long resource, Score.Lost lost) {
        return "/resources/" + resource + "/edit/" + step + "#" + anchor(lost);
    }

    private String anchor(Score.Lost lost) {
        if (!step.equals("items")) return field;
        return lost.first() < 0 ? "items" : "items[" + lost.first() + "]." + field;
    }
}
