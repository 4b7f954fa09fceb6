package shuqiao.onesource;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import shuqiao.kernel.DueWork;
import shuqiao.kernel.Role;

/** Answers that the authority wants by a day: one for each entry, however many of its items. */
@Component
record OneSourceDueWork(DecisionTable decisions) implements DueWork {

    private static final int DUE_MAX = 5_000;
    private static final Set<Role> STEWARDS = EnumSet.of(Role.STEWARD);

    private record Question(long resource, LocalDate by) {}

    @Override
    public List<Due> dueBy(LocalDate last) {
        return duties(last, null);
    }

    /** All of them are. */
    @Override
    public List<Due> duties(LocalDate last, @Nullable String organization) {
        var questions = new LinkedHashMap<Question, DecisionTable.Duplicate>();
        for (var it : decisions.answersDue(last, organization, DUE_MAX))
            questions.putIfAbsent(
                    new Question(it.resource(), Objects.requireNonNull(it.answerBy())), it);
        return questions.entrySet().stream()
                .sorted((a, b) -> a.getKey().by().compareTo(b.getKey().by()))
                .map(it -> due(it.getKey(), it.getValue()))
                .toList();
    }

    private static Due due(Question question, DecisionTable.Duplicate it) {
        return new Due(
                "onesource/" + question.resource() + "/answer",
                "due.onesource.answer",
                it.resourceName(),
                "",
                it.provider(),
                STEWARDS,
                "/resources/" + question.resource() + "/parts/one-source",
                question.by(),
                false,
                After.EACH_DAY,
                "/?all");
    }
}
