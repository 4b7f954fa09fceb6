package shuqiao.reminder;

import java.util.List;

/**
 * When people are reminded.
 *
 * @param before working days before the due date, the longest first
 * @param escalateAfter working days after it, when the authority is told
 */
public record ReminderRule(List<Integer> before, int escalateAfter) {

    static final int BEFORE_MAX = 20;
    static final int ESCALATE_MAX = 30;
    static final int TIMES_MAX = 5;

    public ReminderRule {
        before = before.stream().distinct().sorted((a, b) -> b - a).toList();
    }

    /** The last time before the due date that has come, when so many working days are left. */
    int stage(int left) {
        return before.stream().filter(days -> days >= left).reduce((_, last) -> last).orElse(0);
    }

    int furthest() {
        return before.isEmpty() ? 0 : before.getFirst();
    }
}
