package shuqiao.quality;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Locale;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;

@RestController
@Tag(name = "quality")
class QualityApi {

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
    QualityWords.ScoreView one(Actor actor, @PathVariable long id, Locale locale) {
        return words.of(actor, quality.find(actor, id), locale);
    }
}
