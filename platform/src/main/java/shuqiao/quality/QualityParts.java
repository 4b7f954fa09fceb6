package shuqiao.quality;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.annotation.Order;
import shuqiao.catalog.Description;
import shuqiao.catalog.ResourcePart;
import shuqiao.catalog.Sight;
import shuqiao.catalog.Stage;
import shuqiao.kernel.Actor;
import shuqiao.kernel.MenuEntry;
import shuqiao.kernel.Recurring;
import shuqiao.kernel.Role;
import shuqiao.kernel.ToDos;

/** What other pages have of the score, the word of the menu, and the clock that tells searches. */
@Configuration(proxyBeanMethods = false)
class QualityParts {

    private static final int TO_DOS_SHOWN = 3;

    @Bean
    MenuEntry qualityMenu() {
        return new MenuEntry(
                26,
                "menu.quality",
                QualityList.REGISTER.path(),
                Set.of(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY),
                MenuEntry.GOVERNANCE);
    }

    /** A tab that explains it. */
    @Bean
    @Order(10)
    ResourcePart qualityTab(Quality quality, QualityWords words) {
        return new Part(ResourcePart.Place.TAB, "quality/quality-tab", quality, words);
    }

    /** A word before a submission. */
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
            return resource.state() != Stage.WITHDRAWN;
        }

        @Override
        public @Nullable Long count(Actor actor, Sight resource) {
            return (long) quality.of(resource, resource.description()).score().value();
        }

        @Override
        public Object of(Actor actor, Sight resource, Description said, Locale locale) {
            return words.of(actor, quality.of(resource, said), locale);
        }
    }

    /** The lowest few of the department, one line each: the page says what is missing in them. */
    @Bean
    ToDos qualityToDos(Quality quality, QualityWords words) {
        return actor ->
                quality.lowest(actor, TO_DOS_SHOWN).stream()
                        .map(it -> toDo(it, words, LocaleContextHolder.getLocale()))
                        .toList();
    }

    private static ToDos.ToDo toDo(QualityTable.Row it, QualityWords words, Locale locale) {
        var score = it.score();
        Map<String, Object> facts = Map.of("score", score.value(), "lost", score.lost().size());
        return new ToDos.ToDo(
                "quality",
                it.name(),
                words.say("quality.to-do", facts, locale),
                "/resources/" + it.resource() + "/parts/quality",
                null,
                false);
    }

    /**
     * Tells searches what a score came to since: some points end on a day, and nobody acts then.
     */
    @Bean
    Recurring scoresTold(Quality quality) {
        return new Recurring() {
            @Override
            public String kind() {
                return "quality-scores";
            }

            @Override
            public Duration every() {
                return Duration.ofSeconds(30);
            }

            @Override
            public boolean turn() {
                return quality.tell();
            }
        };
    }
}
