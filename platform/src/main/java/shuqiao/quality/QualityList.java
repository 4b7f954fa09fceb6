package shuqiao.quality;

import static shuqiao.kernel.Role.AUTHORITY;
import static shuqiao.kernel.Role.REVIEWER;
import static shuqiao.kernel.Role.STEWARD;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import shuqiao.catalog.Band;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Figures.Figure;
import shuqiao.kernel.Figures.First;
import shuqiao.kernel.Figures.Group;
import shuqiao.kernel.Figures.Shape;
import shuqiao.kernel.Messages;
import shuqiao.kernel.OrganizationNames;
import shuqiao.kernel.Page;
import shuqiao.kernel.WorkingDays;
import shuqiao.kit.Entry;
import shuqiao.kit.Field;
import shuqiao.kit.Keeper;
import shuqiao.kit.Listing;
import shuqiao.kit.Listing.Column;
import shuqiao.kit.Register;
import shuqiao.kit.Words;
import shuqiao.shell.Chart;

/** 目录质量: the list of scores; above it what it is narrowed by, and the ranking of departments. */
@Component
class QualityList implements Keeper {

    private static final int LACKS_SHOWN = 8;

    static final Register REGISTER =
            Register.of("quality", "/quality")
                    .tagged("quality", "How well resources are described 目录质量")
                    .listed(
                            Listing.of(STEWARD, REVIEWER, AUTHORITY)
                                    .titled("menu.quality", "quality.empty", "quality.empty.why")
                                    .numbers("resource")
                                    .texts("code")
                                    .with(
                                            Column.of("name", Field.Type.TEXT, "quality.resource")
                                                    .to("/resources/{resource}/parts/quality"),
                                            Column.of(
                                                    "provider",
                                                    Field.Type.TEXT,
                                                    "quality.provider"))
                                    .numbers("version")
                                    .with(
                                            Column.of("score", Field.Type.NUMBER, "quality.score"),
                                            Column.of("lacks", Field.Type.WORDS, "quality.lacks"))
                                    .narrowed(
                                            Field.code("provider")
                                                    .label("quality.provider")
                                                    .from("provider"),
                                            Field.code("band")
                                                    .label("quality.band")
                                                    .oneOf("Band", Band.values()),
                                            Field.code("point")
                                                    .label("quality.lacks")
                                                    .oneOf("Point", Point.values()))
                                    .rest(
                                            "listQuality",
                                            "Scores of published resources, the lowest first 目录质量清单"));

    /**
     * What stands above the list.
     *
     * @param at where the average of all lies on the scale, in hundredths of the way
     */
    record Averages(
            List<Chart> charts, Scale scale, String average, double at, List<Ranked> ranking) {}

    /** A department in the ranking; those with the same average share a place. */
    record Ranked(
            int place,
            String name,
            long resources,
            String path,
            String average,
            double at,
            long low,
            String lowPath,
            boolean own) {}

    private final QualityTable table;
    private final MessageSource messages;
    private final OrganizationNames names;
    private final WorkingDays days;

    QualityList(
            QualityTable table, MessageSource messages, OrganizationNames names, WorkingDays days) {
        this.table = table;
        this.messages = messages;
        this.names = names;
        this.days = days;
    }

    @Override
    public Register register() {
        return REGISTER;
    }

    @Override
    public Page<Item> page(Actor actor, Listing.Query query) {
        actor.require(STEWARD, REVIEWER, AUTHORITY);
        var where = QualityTable.narrowed(query.entry());
        var rows = table.list(where, days.today(), query.page().limit(), query.from());
        return query.piece(rows, number(table.values(where, days.today()))).map(QualityList::item);
    }

    private static Item item(QualityTable.Row row) {
        var lost = row.score().lost();
        var most =
                lost.stream()
                        .max(Comparator.comparingInt(Score.Lost::points))
                        .map(it -> Words.of("Point." + it.point()))
                        .orElse(Words.of("quality.lacks.none"));
        return new Item(
                row.resource(),
                "",
                "",
                Map.of(
                        "resource", row.resource(),
                        "code", row.code(),
                        "name", row.name(),
                        "name.small", row.code(),
                        "provider", row.provider(),
                        "version", row.version(),
                        "score", row.score().value(),
                        "score.key", Band.of(row.score().value()).look(),
                        "lacks",
                                lost.size() > 1
                                        ? Words.of("quality.lacks.of", most, lost.size())
                                        : most));
    }

    @Override
    public Shown show(Actor actor, String form, Entry by) {
        var departments = table.departments(days.today());
        var codes =
                departments.stream()
                        .map(it -> new Field.Code(it.provider(), name(it.provider())))
                        .toList();
        var values = table.values(QualityTable.narrowed(by.with("band", null)), days.today());
        var all = number(values);
        var sum = values.entrySet().stream().mapToLong(it -> it.getKey() * it.getValue()).sum();
        var charts = all == 0 ? List.<Chart>of() : List.of(bands(by, values), lacks(by));
        var head =
                all == 0
                        ? Words.of("quality.empty")
                        : Words.of("quality.head", all, average(sum, all));
        return Shown.list(
                List.of(head, Words.of("quality.head.note")),
                Map.of("provider", codes),
                new Above("quality/figures", averages(actor, departments, charts)));
    }

    private Words name(String provider) {
        return Words.both(
                names.shortName(provider, Messages.CHINESE),
                names.shortName(provider, Locale.ENGLISH));
    }

    private Chart bands(Entry by, Map<Integer, Long> values) {
        var numbers = new long[Band.values().length];
        values.forEach((value, number) -> numbers[Band.of(value).ordinal()] += number);
        var figures =
                Arrays.stream(Band.values())
                        .map(it ->
                                new Figure(
                                        say("Band." + it),
                                        numbers[it.ordinal()],
                                        REGISTER.narrowed(by.with("band", it)),
                                        it.look()))
                        .toList();
        return chart(
                "quality.bands",
                say("quality.bands.low", numbers[Band.LOW.ordinal()]),
                number(values),
                REGISTER.narrowed(by.with("band", null)),
                Shape.PARTS,
                figures);
    }

    private Chart lacks(Entry by) {
        var whole = by.with("point", null);
        var counts = table.points(QualityTable.narrowed(whole), days.today());
        var figures =
                counts.entrySet().stream()
                        .sorted(Map.Entry.<Point, Long>comparingByValue().reversed())
                        .limit(LACKS_SHOWN)
                        .map(it ->
                                new Figure(
                                        say("Point." + it.getKey()),
                                        it.getValue(),
                                        REGISTER.narrowed(whole.with("point", it.getKey())),
                                        "next"))
                        .toList();
        var all = number(table.values(QualityTable.narrowed(whole), days.today()));
        var finding =
                figures.isEmpty()
                        ? say("quality.lacks.none")
                        : say(
                                "quality.lacks.finding",
                                figures.getFirst().word(),
                                figures.getFirst().number());
        return chart(
                "quality.lacks.most", finding, all, REGISTER.narrowed(whole), Shape.BARS, figures);
    }

    private Chart chart(
            String title,
            String finding,
            long all,
            String path,
            Shape shape,
            List<Figure> figures) {
        var none = new First(say("quality.empty"), null, "");
        return Chart.of(new Group(say(title), finding, all, path, shape, figures, List.of(), none));
    }

    private Averages averages(
            Actor actor, List<QualityTable.Department> departments, List<Chart> charts) {
        var scale =
                Scale.of(departments.stream().map(it -> 1.0 * it.sum() / it.resources()).toList());
        var ranking = new ArrayList<Ranked>();
        for (var it : departments) {
            var average = average(it.sum(), it.resources());
            var same = !ranking.isEmpty() && ranking.getLast().average().equals(average);
            var its = Entry.of("provider", it.provider());
            ranking.add(
                    new Ranked(
                            same ? ranking.getLast().place() : ranking.size() + 1,
                            names.shortName(it.provider(), LocaleContextHolder.getLocale()),
                            it.resources(),
                            REGISTER.narrowed(its),
                            average,
                            scale.at(1.0 * it.sum() / it.resources()),
                            it.low(),
                            REGISTER.narrowed(its.with("band", Band.LOW)),
                            actor.belongsTo(it.provider())));
        }
        var all = departments.stream().mapToLong(QualityTable.Department::resources).sum();
        var sum = departments.stream().mapToLong(QualityTable.Department::sum).sum();
        return new Averages(
                charts,
                scale,
                average(sum, Math.max(1, all)),
                scale.at(1.0 * sum / Math.max(1, all)),
                ranking);
    }

    private String say(String key, Object... facts) {
        return Words.of(key, facts).in(messages, LocaleContextHolder.getLocale());
    }

    private static long number(Map<Integer, Long> values) {
        return values.values().stream().mapToLong(Long::longValue).sum();
    }

    /** With one digit behind the point. */
    private static String average(long sum, long number) {
        return "%.1f".formatted(1.0 * sum / number);
    }
}
