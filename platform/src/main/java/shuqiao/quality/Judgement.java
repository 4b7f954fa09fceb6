package shuqiao.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import shuqiao.catalog.DataType;
import shuqiao.catalog.Description;
import shuqiao.catalog.Item;
import shuqiao.catalog.Sensitivity;
import shuqiao.catalog.SharingKind;
import shuqiao.kernel.NormalForm;

/** Looks at a description, and at what else is known of a resource, point by point. */
final class Judgement {

    /** What the description does not say itself. */
    record Facts(boolean leaf, boolean mounted, boolean checked, boolean updated) {}

    static final int SUMMARY_MIN = 20;
    private static final int SUMMARY_OWN_MIN = 10;
    private static final int TERMS_MIN = 8;

    /** A law or a paper by name or number, or an article of one. */
    private static final Pattern CITED =
            Pattern.compile("《[^》]+》|第[一二三四五六七八九十百零\\d]+条|〔\\d{4}〕|法|条例");

    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");

    /** A catalog entry is what is known, not the system that knows it. */
    private static final Pattern SYSTEM = Pattern.compile("(系统|平台|数据库|子库|APP|app|小程序|软件|模块)$");

    /** A number behind the name that is no year and no number of a national list. */
    private static final Pattern COUNTED = Pattern.compile("(?<!\\d)(?!(?:19|20)\\d{2}$)\\d{1,6}$");

    private Judgement() {}

    static Score of(Description it, Facts facts) {
        var lost = new ArrayList<Score.Lost>();
        for (var point : Point.values()) {
            if (point.ofItems()) ofItems(it, point, lost);
            else if (!kept(it, facts, point)) lost.add(Score.Lost.whole(point));
        }
        return new Score(lost);
    }

    private static void ofItems(Description it, Point point, List<Score.Lost> lost) {
        var items = it.items();
        Predicate<Item> right = item -> right(item, point);
        var wrong =
                IntStream.range(0, items.size())
                        .filter(at -> !right.test(items.get(at)))
                        .boxed()
                        .toList();
        if (!items.isEmpty() && wrong.isEmpty()) return;
        // of a part at least one point is lost, and never more than the whole
        var points =
                items.isEmpty()
                        ? point.weight()
                        : Math.ceilDiv(point.weight() * wrong.size(), items.size());
        lost.add(
                new Score.Lost(
                        point,
                        points,
                        wrong.stream().map(at -> items.get(at).name()).toList(),
                        wrong.isEmpty() ? -1 : wrong.getFirst()));
    }

    private static boolean right(Item item, Point point) {
        return switch (point) {
            case ITEM_NAME -> CHINESE.matcher(item.name()).find();
            case ITEM_MEANING ->
                    !item.description().isEmpty()
                            && !key(item.description()).equals(key(item.name()));
            case ITEM_TYPE -> item.dataType() != null;
            case ITEM_LENGTH ->
                    item.length() != null
                            || (item.dataType() != DataType.C && item.dataType() != DataType.N);
            case ITEM_SENSITIVITY ->
                    item.sensitivity() != Sensitivity.NONE
                            || Sensitivity.guessed(item.name() + " " + item.column())
                                    == Sensitivity.NONE;
            default -> throw new IllegalArgumentException(point.name());
        };
    }

    private static boolean kept(Description it, Facts facts, Point point) {
        return switch (point) {
            case SUMMARY -> says(it);
            case CONTACT -> !it.innerDepartment().isEmpty();
            case CLASS -> !it.classification().isEmpty() && facts.leaf();
            case FORMAT ->
                    it.formatKind() != null
                            && !(it.formatType().isEmpty() && it.formatOther().isEmpty());
            case ITEM_KEY -> it.items().stream().anyMatch(Item::key);
            case MOUNTED -> facts.mounted();
            case CHECKED -> facts.checked();
            case KIND -> it.sharingKind() != null;
            case METHOD ->
                    it.sharingKind() == SharingKind.NOT_SHARED || it.sharingMethodKind() != null;
            case TERMS -> termsSaid(it);
            case RANGE ->
                    it.sharingKind() != SharingKind.CONDITIONAL || !it.sharingRange().isEmpty();
            case CYCLE -> it.updateCycle() != null;
            case UPDATED -> facts.updated();
            case NAME_WORDS -> CHINESE.matcher(it.name()).find();
            case NAME_SYSTEM -> !SYSTEM.matcher(plain(it.name())).find();
            case NAME_COUNTED -> !COUNTED.matcher(plain(it.name())).find();
            case ITEM_NAME, ITEM_MEANING, ITEM_TYPE, ITEM_LENGTH, ITEM_SENSITIVITY ->
                    throw new IllegalArgumentException(point.name());
        };
    }

    /** Long enough, and still something where the name is taken out of it. */
    private static boolean says(Description it) {
        var own = key(it.summary()).replace(key(it.name()), "");
        return length(it.summary()) >= SUMMARY_MIN && length(own) >= SUMMARY_OWN_MIN;
    }

    private static boolean termsSaid(Description it) {
        return switch (it.sharingKind()) {
            case null -> true;
            case UNCONDITIONAL -> true;
            case CONDITIONAL -> length(it.sharingCondition()) >= TERMS_MIN;
            case NOT_SHARED -> CITED.matcher(it.sharingBasis()).find();
        };
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String key(String text) {
        return Description.nameKey(text);
    }

    private static String plain(String text) {
        return NormalForm.of(text).strip();
    }
}
