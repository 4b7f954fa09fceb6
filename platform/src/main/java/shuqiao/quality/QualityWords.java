package shuqiao.quality;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import shuqiao.catalog.Sight;
import shuqiao.catalog.Stage;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Role;

/** Says a score in the reader's language, and where each lost point is mended. */
@Component
class QualityWords {

    private static final int NAMES_SHOWN = 3;

    /**
     * A lost point as it is shown.
     *
     * @param points how many
     * @param what what is lacking, as a sentence
     * @param why what it is good for
     * @param remedy what to do
     * @param path where; null for whom it is not to mend
     * @param check whether it is mended by looking at the live table now
     */
    record LostLine(
            Point point,
            int points,
            String what,
            String why,
            String remedy,
            @Nullable String path,
            boolean check) {}

    /** A criterion with what is kept of its weight. */
    record Bar(Criterion criterion, String word, int kept, int weight, List<LostLine> lost) {

        public double percent() {
            return 100.0 * kept / weight;
        }
    }

    private final MessageSource messages;

    QualityWords(MessageSource messages) {
        this.messages = messages;
    }

    List<Bar> bars(Actor actor, Quality.Standing it, Locale locale) {
        return java.util.Arrays.stream(Criterion.values())
                .map(one ->
                        new Bar(
                                one,
                                say("Criterion." + one, Map.of(), locale),
                                it.score().of(one),
                                one.weight(),
                                it.score().lostOf(one).stream()
                                        .map(lost -> line(actor, it, lost, locale))
                                        .toList()))
                .toList();
    }

    LostLine line(Actor actor, Quality.Standing it, Score.Lost lost, Locale locale) {
        var point = lost.point();
        var keeper = isKeeper(actor, it.provider());
        return new LostLine(
                point,
                lost.points(),
                what(it, lost, locale),
                say("quality.why." + point, Map.of(), locale),
                say("quality.remedy." + point, Map.of(), locale),
                keeper ? path(it, lost) : null,
                keeper && point == Point.CHECKED && it.valid());
    }

    String what(Quality.Standing it, Score.Lost lost, Locale locale) {
        if (lost.point() == Point.CHECKED && it.differs() > 0)
            return say("quality.lost.CHECKED.differs", Map.of("count", it.differs()), locale);
        if (!lost.point().ofItems()) return say("quality.lost." + lost.point(), Map.of(), locale);
        if (lost.items().isEmpty()) return say("quality.lost.no-items", Map.of(), locale);
        var shown = lost.items().stream().limit(NAMES_SHOWN).toList();
        return say(
                lost.items().size() > NAMES_SHOWN
                        ? "quality.lost." + lost.point() + ".more"
                        : "quality.lost." + lost.point(),
                Map.of("names", shown, "count", lost.items().size()),
                locale);
    }

    /** A draft is mended in its form; what is published begins a new version first. */
    static String path(Quality.Standing it, Score.Lost lost) {
        var resource = "/resources/" + it.resource();
        return switch (lost.point()) {
            case UPDATED -> resource + "#asOf";
            case CHECKED -> resource + "/mount";
            default ->
                    it.state() == Stage.DRAFT || it.state() == Stage.RETURNED
                            ? lost.point().editPath(it.resource(), lost)
                            : resource + "/mending?point=" + lost.point();
        };
    }

    static boolean isKeeper(Actor actor, String provider) {
        return actor.has(Role.STEWARD) && actor.belongsTo(provider);
    }

    static boolean isFor(Sight it) {
        return it.state() != Stage.WITHDRAWN;
    }

    String say(String key, Map<String, Object> facts, Locale locale) {
        return Messages.sentence(messages, key, facts, locale);
    }
}
