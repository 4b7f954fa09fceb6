package shuqiao.quality;

import java.util.List;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Messages;
import shuqiao.kernel.ToDos;

/** The lowest few of the department, one line each: the page says what is missing in them. */
@Component
class QualityToDos implements ToDos {

    private static final int SHOWN = 3;

    private final Quality quality;
    private final MessageSource messages;

    QualityToDos(Quality quality, MessageSource messages) {
        this.quality = quality;
        this.messages = messages;
    }

    @Override
    public List<ToDo> of(Actor actor) {
        var locale = LocaleContextHolder.getLocale();
        return quality.lowest(actor, SHOWN).stream()
                .map(it ->
                        new ToDo(
                                "quality",
                                it.name(),
                                Messages.sentence(
                                        messages,
                                        "quality.to-do",
                                        java.util.Map.of(
                                                "score", it.score().value(),
                                                "lost", it.score().lost().size()),
                                        locale),
                                "/resources/" + it.resource() + "/parts/quality",
                                null,
                                false))
                .toList();
    }
}
