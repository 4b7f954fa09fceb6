package shuqiao.quality;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import shuqiao.catalog.Band;
import shuqiao.catalog.Stage;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Role;

/** Says a score in the reader's language, and where each lost point is mended. */
@Component
class QualityWords {

    private static final int NAMES_SHOWN = 3;

    /**
     * A lost point.
     *
     * @param what what is lacking, as a sentence in the reader's language
     * @param why what it is good for
     * @param remedy what to do
     * @param path of the page where it is mended; left out for whom it is not to mend
     */
    record LostView(
            Point point,
            int points,
            String what,
            String why,
            String remedy,
            List<String> items,
            @Nullable String path) {}

    /**
     * @param points what is kept of the weight
     */
    record CriterionView(Criterion criterion, int points, int weight, List<LostView> lost) {}

    /**
     * @param published whether it is the published version that was judged, not a draft
     */
    record ScoreView(
            long resource,
            String name,
            String provider,
            int version,
            boolean published,
            int score,
            Band band,
            List<CriterionView> criteria) {

        public List<LostView> lost() {
            return criteria.stream().flatMap(one -> one.lost().stream()).toList();
        }
    }

    private final MessageSource messages;

    QualityWords(MessageSource messages) {
        this.messages = messages;
    }

    ScoreView of(Actor actor, Quality.Standing it, Locale locale) {
        var score = it.score();
        return new ScoreView(
                it.resource(),
                it.name(),
                it.provider(),
                it.version(),
                it.valid(),
                score.value(),
                Band.of(score.value()),
                Arrays.stream(Criterion.values())
                        .map(one ->
                                new CriterionView(
                                        one,
                                        score.of(one),
                                        one.weight(),
                                        score.lostOf(one).stream()
                                                .map(lost -> line(actor, it, lost, locale))
                                                .toList()))
                        .toList());
    }

    private LostView line(Actor actor, Quality.Standing it, Score.Lost lost, Locale locale) {
        var keeper = actor.has(Role.STEWARD) && actor.belongsTo(it.provider());
        return new LostView(
                lost.point(),
                lost.points(),
                what(it, lost, locale),
                say("quality.why." + lost.point(), Map.of(), locale),
                say("quality.remedy." + lost.point(), Map.of(), locale),
                lost.items(),
                keeper ? path(it, lost) : null);
    }

    String what(Quality.Standing it, Score.Lost lost, Locale locale) {
        var key = "quality.lost." + lost.point();
        if (lost.point() == Point.CHECKED && it.differs() > 0)
            return say(key + ".differs", Map.of("count", it.differs()), locale);
        if (!lost.point().ofItems()) return say(key, Map.of(), locale);
        if (lost.items().isEmpty()) return say("quality.lost.no-items", Map.of(), locale);
        Object names = lost.items();
        if (lost.items().size() > NAMES_SHOWN)
            names =
                    say(
                            "quality.lost.of",
                            Map.of(
                                    "names", lost.items().subList(0, NAMES_SHOWN),
                                    "count", lost.items().size()),
                            locale);
        return say(key, Map.of("names", names), locale);
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

    String say(String key, Map<String, Object> facts, Locale locale) {
        return Messages.sentence(messages, key, facts, locale);
    }
}
