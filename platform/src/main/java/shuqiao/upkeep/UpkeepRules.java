package shuqiao.upkeep;

import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.annotation.Transactional;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Role;
import shuqiao.upkeep.UpkeepEvent.UpkeepRuleChanged;

/** 维护规则: how long before it a withdrawal is announced, and how often mounts are looked at. */
@Door
public class UpkeepRules {

    /** As written in a form: whole numbers. */
    public record Entry(@Nullable String noticeDays, @Nullable String checkHours) {}

    private final UpkeepRuleTable table;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    UpkeepRules(UpkeepRuleTable table, ApplicationEventPublisher events, InstantSource clock) {
        this.table = table;
        this.events = events;
        this.clock = clock;
    }

    public UpkeepRule rule(Actor actor) {
        actor.require(Role.SYSTEM_ADMIN);
        return table.rule();
    }

    /** Holds for what is announced from now on, and from the next look at each mount. */
    @Transactional
    public UpkeepRule change(Actor actor, Entry entry) {
        actor.require(Role.SYSTEM_ADMIN);
        var faults = new Invalid.Faults();
        var days = number(faults, "noticeDays", entry.noticeDays(), UpkeepRule.NOTICE_DAYS_MAX);
        var hours = number(faults, "checkHours", entry.checkHours(), UpkeepRule.CHECK_HOURS_MAX);
        faults.refuseIfAny();
        var before = table.rule();
        var rule = new UpkeepRule(Objects.requireNonNull(days), Objects.requireNonNull(hours));
        if (rule.equals(before)) return rule;
        table.change(rule);
        events.publishEvent(new UpkeepRuleChanged(rule, before, actor, clock.instant()));
        return rule;
    }

    private static @Nullable Integer number(
            Invalid.Faults faults, String field, @Nullable String text, int max) {
        var typed = text == null ? "" : text.strip();
        if (typed.matches("[0-9]{1,4}")) {
            var number = Integer.parseInt(typed);
            if (number >= 1 && number <= max) return number;
        }
        faults.add(field, "range", Map.of("min", 1, "max", max));
        return null;
    }
}
