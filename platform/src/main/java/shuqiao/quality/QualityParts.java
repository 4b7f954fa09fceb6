package shuqiao.quality;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import shuqiao.catalog.Band;
import shuqiao.catalog.Description;
import shuqiao.catalog.ResourcePart;
import shuqiao.catalog.Sight;
import shuqiao.kernel.Actor;

/** The score on the pages of a resource: a tab that explains it, and a word before a submission. */
@Configuration(proxyBeanMethods = false)
class QualityParts {

    /** What the template draws. */
    record Shown(
            Quality.Standing it,
            Band band,
            List<QualityWords.Bar> bars,
            boolean keeper,
            boolean check) {

        public List<QualityWords.LostLine> lost() {
            return bars.stream().flatMap(bar -> bar.lost().stream()).toList();
        }
    }

    @Bean
    @Order(10)
    ResourcePart qualityTab(Quality quality, QualityWords words) {
        return new Part(ResourcePart.Place.TAB, "quality/quality-tab", quality, words);
    }

    @Bean
    @Order(10)
    ResourcePart qualityBeforeSubmission(Quality quality, QualityWords words) {
        return new Part(ResourcePart.Place.CHECK, "quality/quality-check", quality, words);
    }

    private record Part(Place place, String template, Quality quality, QualityWords words)
            implements ResourcePart {

        @Override
        public String name() {
            return "quality";
        }

        @Override
        public boolean isFor(Actor actor, Sight resource) {
            return QualityWords.isFor(resource);
        }

        @Override
        public @Nullable Long count(Actor actor, Sight resource) {
            return (long) quality.of(resource, resource.description()).score().value();
        }

        @Override
        public Object of(Actor actor, Sight resource, Description said, Locale locale) {
            var it = quality.of(resource, said);
            return new Shown(
                    it,
                    Band.of(it.score().value()),
                    words.bars(actor, it, locale),
                    QualityWords.isKeeper(actor, it.provider()),
                    place == Place.CHECK);
        }
    }
}
