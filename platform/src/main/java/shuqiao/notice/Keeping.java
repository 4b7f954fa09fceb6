package shuqiao.notice;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.annotation.Transactional;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Role;
import shuqiao.kernel.Trusted;
import shuqiao.notice.NoticeEvent.KeepingChanged;

/** 消息保留期: how long what people were told is kept. What happened stays in the ledger for good. */
@Door
public class Keeping {

    static final int DAYS_MIN = 30;
    static final int DAYS_MAX = 3_650;

    /** As written in a form: a whole number. */
    public record Entry(@Nullable String days) {}

    private final KeepingTable table;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Keeping(KeepingTable table, ApplicationEventPublisher events, InstantSource clock) {
        this.table = table;
        this.events = events;
        this.clock = clock;
    }

    /** In days since it was told. */
    public int days(Actor actor) {
        actor.require(Role.SYSTEM_ADMIN);
        return table.days();
    }

    @Transactional
    public int change(Actor actor, Entry entry) {
        actor.require(Role.SYSTEM_ADMIN);
        var typed = entry.days() == null ? "" : entry.days().strip();
        var days = typed.matches("[0-9]{1,4}") ? Integer.parseInt(typed) : 0;
        if (days < DAYS_MIN || days > DAYS_MAX)
            throw Invalid.field("days", "range", Map.of("min", DAYS_MIN, "max", DAYS_MAX));
        var before = table.days();
        if (days == before) return days;
        table.change(days);
        events.publishEvent(new KeepingChanged(days, before, actor, clock.instant()));
        return days;
    }

    /** Forgets a piece of what is older; how much it was. */
    @Trusted("the clock does what the administrator set")
    @Transactional
    public int forget(int limit) {
        var before = clock.instant().minus(Duration.ofDays(table.days()));
        return table.forgetLetters(before, limit) + table.forgetNotices(before, limit);
    }
}
