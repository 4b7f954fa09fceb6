package shuqiao.quality;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shuqiao.catalog.Band;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;

@RestController
@Tag(name = "quality", description = "How well resources are described 目录质量")
class QualityApi {

    /**
     * A lost point.
     *
     * @param what in the reader's language
     * @param path of the page where it is mended; left out for whom it is not to mend
     */
    record LostView(
            Point point,
            int points,
            String what,
            String remedy,
            List<String> items,
            @Nullable String path) {}

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
            List<CriterionView> criteria) {}

    record ScoreLine(
            long resource, String code, String name, String provider, int version, int score) {}

    private final Quality quality;
    private final QualityWords words;

    QualityApi(Quality quality, QualityWords words) {
        this.quality = quality;
        this.words = words;
    }

    @GetMapping("/api/v1/resources/{id}/quality")
    @Allows
    @Operation(
            operationId = "getResourceQuality",
            summary = "The score of a resource, with every lost point and how to mend it 目录质量评分")
    ScoreView one(Actor actor, @PathVariable long id, Locale locale) {
        var it = quality.find(actor, id);
        var keeper = QualityWords.isKeeper(actor, it.provider());
        return new ScoreView(
                it.resource(),
                it.name(),
                it.provider(),
                it.version(),
                it.valid(),
                it.score().value(),
                Band.of(it.score().value()),
                Arrays.stream(Criterion.values())
                        .map(one ->
                                new CriterionView(
                                        one,
                                        it.score().of(one),
                                        one.weight(),
                                        it.score().lostOf(one).stream()
                                                .map(lost -> view(it, lost, keeper, locale))
                                                .toList()))
                        .toList());
    }

    private LostView view(Quality.Standing it, Score.Lost lost, boolean keeper, Locale locale) {
        return new LostView(
                lost.point(),
                lost.points(),
                words.what(it, lost, locale),
                words.say("quality.remedy." + lost.point(), java.util.Map.of(), locale),
                lost.items(),
                keeper ? QualityWords.path(it, lost) : null);
    }

    @GetMapping("/api/v1/quality")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    @Operation(
            operationId = "listQuality",
            summary = "Scores of published resources, the lowest first 目录质量清单")
    Page<ScoreLine> list(
            Actor actor,
            @RequestParam(required = false) @Nullable String provider,
            @RequestParam(required = false) @Nullable Band band,
            @RequestParam(required = false) @Nullable Point point,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        var piece = Page.Request.of(limit, after == null ? "0" : after);
        var from = Math.max(0, piece.after());
        var filter = QualityFilter.of(provider, null, null).in(band).lacking(point);
        var found = quality.list(actor, filter, piece.limit(), from);
        var next = from + found.rows().size();
        return new Page<>(
                found.rows().stream()
                        .map(it ->
                                new ScoreLine(
                                        it.resource(),
                                        it.code(),
                                        it.name(),
                                        it.provider(),
                                        it.version(),
                                        it.score().value()))
                        .toList(),
                found.total(),
                next < found.total() && !found.rows().isEmpty() ? String.valueOf(next) : null);
    }
}
