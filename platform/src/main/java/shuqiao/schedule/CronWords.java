package shuqiao.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says an expression in words, and which months it leaves out. */
@Component
class CronWords {

    /** More are said as hours and minutes. */
    private static final int TIMES_MAX = 6;

    private static final List<Integer> WITHOUT_30 = List.of(2);
    private static final List<Integer> WITHOUT_31 = List.of(2, 4, 6, 9, 11);
    private static final int WEEK = 7;

    private final MessageSource messages;

    CronWords(MessageSource messages) {
        this.messages = messages;
    }

    /** When it runs; one with words of other programs is shown as it was written. */
    String of(String expression, Locale locale) {
        return CronFields.of(expression)
                .map(it -> say("schedule.cron.at", locale, days(it, locale), times(it, locale)))
                .orElseGet(() -> say("schedule.rhythm.cron", locale, expression));
    }

    /** Days that some of its months do not have. */
    List<String> remarks(String expression, Locale locale) {
        var told = new ArrayList<String>();
        CronFields.of(expression)
                .filter(CronFields::byDay)
                .ifPresent(it -> {
                    without(it, 31, WITHOUT_31, "schedule.cron.no-day", locale, told);
                    without(it, 30, WITHOUT_30, "schedule.cron.no-day", locale, told);
                    without(it, 29, WITHOUT_30, "schedule.cron.leap", locale, told);
                });
        return told;
    }

    private void without(
            CronFields it,
            int day,
            List<Integer> months,
            String key,
            Locale locale,
            List<String> told) {
        var missing =
                months.stream()
                        .filter(it.months()::contains)
                        .map(String::valueOf)
                        .collect(Collectors.joining(say("comma", locale)));
        if (it.days().contains(day) && !missing.isEmpty())
            told.add(say(key, locale, missing, String.valueOf(day)));
    }

    private String days(CronFields it, Locale locale) {
        var said = new ArrayList<String>();
        if (it.lastDay()) said.add(say("schedule.cron.last-day", locale));
        else if (it.byDay())
            said.add(
                    say(
                            "schedule.cron.month-days",
                            locale,
                            ranges(it.days(), locale, String::valueOf)));
        if (it.byWeekday())
            said.add(
                    say(
                            "schedule.cron.weekdays",
                            locale,
                            ranges(
                                    it.weekdays(),
                                    locale,
                                    day -> say("weekday.short." + day, locale))));
        // a star with a step restricts nothing by itself, and is held against the other field
        var steps = new ArrayList<String>();
        if (!it.byDay() && it.days().size() < 31)
            steps.add(
                    say(
                            "schedule.cron.month-days",
                            locale,
                            ranges(it.days(), locale, String::valueOf)));
        if (!it.byWeekday() && it.weekdays().size() < WEEK)
            steps.add(
                    say(
                            "schedule.cron.weekdays",
                            locale,
                            ranges(
                                    it.weekdays(),
                                    locale,
                                    day -> say("weekday.short." + day, locale))));
        var words = said.isEmpty() ? "" : said.getFirst();
        if (said.size() > 1) words = say("schedule.cron.or", locale, words, said.get(1));
        for (var step : steps)
            words = words.isEmpty() ? step : say("schedule.cron.and", locale, words, step);
        if (words.isEmpty()) words = say("schedule.cron.every-day", locale);
        return it.months().size() == 12
                ? words
                : say(
                        "schedule.cron.months",
                        locale,
                        words,
                        ranges(it.months(), locale, String::valueOf));
    }

    private String times(CronFields it, Locale locale) {
        if (it.hours().size() == 24 && it.minutes().size() == 1)
            return say("schedule.cron.hourly", locale, String.valueOf(it.minutes().first()));
        var step = step(it.minutes());
        if (it.hours().size() == 24 && step > 0)
            return say("schedule.cron.every-minutes", locale, String.valueOf(step));
        if (it.hours().size() * it.minutes().size() <= TIMES_MAX)
            return it.hours().stream()
                    .flatMap(hour ->
                            it.minutes().stream()
                                    .map(minute -> "%02d:%02d".formatted(hour, minute)))
                    .collect(Collectors.joining(say("comma", locale)));
        return say(
                "schedule.cron.hours",
                locale,
                ranges(it.hours(), locale, String::valueOf),
                ranges(it.minutes(), locale, String::valueOf));
    }

    /** Minutes that come again through the whole hour, from its first; 0 for others. */
    private static int step(SortedSet<Integer> minutes) {
        if (minutes.size() < 2 || 60 % minutes.size() != 0) return 0;
        int step = 60 / minutes.size();
        return IntStream.range(0, minutes.size()).allMatch(at -> minutes.contains(at * step))
                ? step
                : 0;
    }

    /** Three and more that follow one another are a range. */
    private String ranges(SortedSet<Integer> values, Locale locale, IntFunction<String> word) {
        var said = new ArrayList<String>();
        var all = List.copyOf(values);
        for (int from = 0, to; from < all.size(); from = to + 1) {
            to = from;
            while (to + 1 < all.size() && all.get(to + 1) == all.get(to) + 1) to++;
            if (to - from < 2) {
                for (int at = from; at <= to; at++) said.add(word.apply(all.get(at)));
                continue;
            }
            said.add(
                    say(
                            "schedule.cron.range",
                            locale,
                            word.apply(all.get(from)),
                            word.apply(all.get(to))));
        }
        return String.join(say("comma", locale), said);
    }

    private String say(String key, Locale locale, Object... values) {
        return Objects.requireNonNull(messages.getMessage(key, values, key, locale));
    }
}
