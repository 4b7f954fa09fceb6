package shuqiao.reminder;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Figures;
import shuqiao.kernel.Messages;

/** What is late, on the desk: by department for the authority, one's own for a department. */
@Component
@Order(40)
record LateOnDesk(Reminders reminders, LateFigures figures, MessageSource messages)
        implements Figures {

    @Override
    public List<Group> of(Actor actor, Locale locale) {
        if (!LateFigures.reads(actor)) return List.of();
        var late = reminders.late(actor, null);
        return List.of(
                new Group(
                        figures.say("late", locale),
                        Messages.sentence(
                                messages, "late.finding", Map.of("n", late.size()), locale),
                        late.size(),
                        LatePages.PATH,
                        Shape.BARS,
                        figures.bars(late, locale).stream()
                                .map(bar -> new Figure(bar.word(), bar.number(), bar.path(), "bad"))
                                .toList(),
                        List.of(),
                        new First(figures.say("late.none.why", locale), null, "")));
    }
}
