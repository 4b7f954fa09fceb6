package shuqiao.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import shuqiao.demo.Population.Company;
import shuqiao.demo.Population.Human;
import shuqiao.demo.Population.Place;

/**
 * The small language in which {@code city.sheets} says how the values of a column are made:
 *
 * <ul>
 *   <li>{@code id name sex born phone address village} of the row's person; with {@code ~} as a
 *       department knows it that did not hear of a change: some names, phones, addresses differ
 *   <li>{@code spouse.… parent.… parent2.… company.…} of those who belong to it
 *   <li>{@code pick a*3,b} a choice with weights, {@code int a..b}, {@code num a..b}, {@code day
 *       a..b} (days from the first start), {@code null20 …} empty in 20 of 100 rows
 *   <li>{@code serial %06d} the number of the row, {@code uscc 52} a credit code of that kind
 *   <li>{@code =…} words with any of these in braces
 * </ul>
 */
final class Makers {

    private static final String[] SOUNDS_ALIKE = {
        "丽莉", "伟玮", "静婧", "芳方", "敏旻", "军钧", "强祥", "霞夏", "华桦", "英瑛", "娜娃", "杰洁", "辉晖", "玲铃", "燕艳"
    };

    /** Makes one value; {@code \N} is null. */
    interface Maker extends Function<Row, String> {}

    /**
     * @param human the person the row is about, if it is about one
     */
    record Row(
            int number,
            @Nullable Human human,
            @Nullable Company company,
            SplittableRandom random,
            LocalDate today,
            Population city) {

        Human person() {
            return java.util.Objects.requireNonNull(human);
        }

        Company firm() {
            return java.util.Objects.requireNonNull(company);
        }
    }

    private static final String NULL = "\\N";

    private Makers() {}

    static Maker of(String words) {
        if (words.startsWith("=")) return joined(words.substring(1));
        var blank = words.indexOf(' ');
        var word = blank < 0 ? words : words.substring(0, blank);
        var rest = blank < 0 ? "" : words.substring(blank + 1).strip();
        if (word.startsWith("null")) {
            var share = Integer.parseInt(word.substring("null".length()));
            var other = of(rest);
            return row -> row.random().nextInt(100) < share ? NULL : other.apply(row);
        }
        return switch (word) {
            case "n" -> row -> "" + (row.number() + 1);
            case "serial" -> serial(rest);
            case "uscc" -> row -> Population.creditCode(rest, row.number());
            case "pick" -> pick(rest);
            case "int" -> between(rest);
            case "num" -> amount(rest);
            case "day" -> day(rest);
            default -> known(word);
        };
    }

    private static Maker known(String word) {
        return switch (word) {
            case "id" -> row -> row.person().id();
            case "name" -> row -> row.person().name();
            case "name~" -> row -> heard(row);
            case "sex" -> row -> row.person().male() ? "1" : "2";
            case "born" -> row -> row.person().born().toString();
            case "born~" ->
                    row ->
                            (chance(row, 1) ? row.person().born().plusDays(1) : row.person().born())
                                    .toString();
            case "phone" -> row -> row.person().phone();
            case "phone~" ->
                    row ->
                            chance(row, 15)
                                    ? "1990" + (1_000_000 + row.random().nextInt(9_000_000))
                                    : row.person().phone();
            case "address" -> row -> row.person().home().address;
            case "address~" ->
                    row ->
                            chance(row, 12)
                                    ? row.person().home().earlier
                                    : row.person().home().address;
            case "village" -> row -> row.person().home().village;
            case "spouse.id" -> of(row -> row.person().home().spouse(), Human::id);
            case "spouse.name" -> of(row -> row.person().home().spouse(), Human::name);
            case "parent.id" -> of(Makers::parent, Human::id);
            case "parent.name" -> of(Makers::parent, Human::name);
            case "father.id" -> of(row -> parent(row, true), Human::id);
            case "father.name" -> of(row -> parent(row, true), Human::name);
            case "mother.id" -> of(row -> parent(row, false), Human::id);
            case "mother.name" -> of(row -> parent(row, false), Human::name);
            case "anyone" -> row -> any(row, row.city().people).name();
            case "stranger" -> row -> Population.stranger(row.random());
            case "place" -> row -> Population.address(row.random());
            case "street" ->
                    row -> Population.STREETS[row.random().nextInt(Population.STREETS.length)];
            case "school" -> Makers::school;
            case "schoolname" -> row -> Population.school(row.number());
            case "schoolkind" -> row -> Population.schoolKind(row.number());
            case "grade" -> Makers::grade;
            case "employer" -> Makers::employer;
            case "anycompany" -> row -> any(row, row.city().companies).name();
            case "company.code" -> row -> row.firm().code();
            case "company.name" -> row -> row.firm().name();
            case "company.name~" ->
                    row -> chance(row, 3) ? row.firm().earlier() : row.firm().name();
            case "company.legal" -> row -> row.firm().legal().name();
            case "company.capital" -> row -> row.firm().capital() + ".00";
            case "company.industry" -> row -> row.firm().industry();
            case "company.day" -> row -> row.firm().registered().toString();
            case "company.state" -> row -> row.firm().state();
            default -> throw new IllegalArgumentException(word);
        };
    }

    private static boolean chance(Row row, int percent) {
        return row.random().nextInt(100) < percent;
    }

    private static <T> T any(Row row, List<T> of) {
        return of.get(row.random().nextInt(of.size()));
    }

    private static Maker of(Function<Row, @Nullable Human> whom, Function<Human, String> what) {
        return row -> {
            var human = whom.apply(row);
            return human == null ? NULL : what.apply(human);
        };
    }

    private static @Nullable Human parent(Row row) {
        return row.person().place() == Place.CHILD ? row.person().home().head() : null;
    }

    private static @Nullable Human parent(Row row, boolean male) {
        if (row.person().place() != Place.CHILD) return null;
        var home = row.person().home();
        return home.head().male() == male ? home.head() : home.spouse();
    }

    /** In 1 of 70 records somebody wrote a character that sounds alike. */
    private static String heard(Row row) {
        var name = row.person().name();
        if (row.random().nextInt(10) > 0) return name;
        for (var pair : SOUNDS_ALIKE)
            if (name.indexOf(pair.charAt(0), 1) > 0)
                return name.charAt(0) + name.substring(1).replace(pair.charAt(0), pair.charAt(1));
        return name;
    }

    /** Nine of ten departments know the same employer of a person. */
    private static String employer(Row row) {
        var number = chance(row, 10) ? row.random().nextInt(1 << 20) : row.person().number() * 7919;
        return row.city().companies.get(Math.floorMod(number, row.city().companies.size())).code();
    }

    private static String school(Row row) {
        var age = row.person().age();
        var kind = age < 12 ? row.person().home().number % 4 : age < 15 ? 4 : 6;
        return Population.school(row.person().home().number % 16 * 8 + kind);
    }

    private static String grade(Row row) {
        var age = Math.clamp(row.person().age(), 6, 17);
        return age < 12
                ? "小学" + "一二三四五六".charAt(age - 6) + "年级"
                : age < 15
                        ? "初中" + "一二三".charAt(age - 12) + "年级"
                        : "高中" + "一二三".charAt(age - 15) + "年级";
    }

    private static Maker serial(String format) {
        if (format.equals("%d")) return row -> "" + (row.number() + 1);
        var width = Integer.parseInt(format.substring(2, format.length() - 1));
        return row -> {
            var digits = "" + (row.number() + 1);
            return digits.length() >= width ? digits : "0".repeat(width - digits.length()) + digits;
        };
    }

    private static Maker pick(String words) {
        var choices = new ArrayList<String>();
        for (var word : words.split(",", -1)) {
            var star = word.lastIndexOf('*');
            var times = star < 0 ? 1 : Integer.parseInt(word.substring(star + 1).strip());
            var value = (star < 0 ? word : word.substring(0, star)).strip();
            for (int i = 0; i < times; i++) choices.add(value);
        }
        var all = choices.toArray(String[]::new);
        return row -> all[row.random().nextInt(all.length)];
    }

    private static long[] range(String words) {
        var ends = words.split("\\.\\.", 2);
        return new long[] {Long.parseLong(ends[0].strip()), Long.parseLong(ends[1].strip())};
    }

    private static Maker between(String words) {
        var range = range(words);
        return row -> "" + row.random().nextLong(range[0], range[1] + 1);
    }

    private static Maker amount(String words) {
        var range = range(words);
        return row -> {
            var cents = row.random().nextLong(range[0] * 100, range[1] * 100);
            return cents / 100 + "." + (cents % 100 < 10 ? "0" : "") + cents % 100;
        };
    }

    private static Maker day(String words) {
        var range = range(words);
        return row ->
                row.today().plusDays(row.random().nextLong(range[0], range[1] + 1)).toString();
    }

    private static Maker joined(String words) {
        var parts = new ArrayList<Maker>();
        var at = 0;
        for (int open = words.indexOf('{'); open >= 0; open = words.indexOf('{', at)) {
            var close = words.indexOf('}', open);
            var text = words.substring(at, open);
            parts.add(_ -> text);
            parts.add(of(words.substring(open + 1, close)));
            at = close + 1;
        }
        var last = words.substring(at);
        parts.add(_ -> last);
        return row -> {
            var value = new StringBuilder();
            for (var part : parts) value.append(part.apply(row));
            return value.toString();
        };
    }
}
