package shuqiao.sharing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import shuqiao.catalog.Sensitivity;
import shuqiao.engine.EngineFailure;
import shuqiao.engine.Mask;
import shuqiao.engine.Scope;
import shuqiao.engine.Table;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Refusal;
import shuqiao.sharing.RequestState.Move;
import shuqiao.shell.Choice;
import shuqiao.shell.Fact;
import shuqiao.shell.Problems;
import shuqiao.source.Sources;

/** An answer in the making, as its page shows it. */
@Component
class DecisionSheets {

    private static final int SHOWN_MAX = 60;

    /**
     * How a thing is called, to the rule that hides most of it and leaves what is usually needed.
     */
    private static final List<Map.Entry<Pattern, Mask>> ADVICE =
            List.of(
                    Map.entry(
                            Pattern.compile("身份证|身份号码|证件号|证号|id_?(card|no|number)"), Mask.ID_CARD),
                    Map.entry(Pattern.compile("电话|手机|phone|mobile|\\btel"), Mask.PHONE),
                    Map.entry(Pattern.compile("姓名|名字|\\bname"), Mask.NAME),
                    Map.entry(Pattern.compile("出生|birth|born"), Mask.YEAR_ONLY));

    /**
     * One item of the answer.
     *
     * @param masks rule to words; the first is the value as it is
     * @param shown what the other side will see; null when nothing can be shown
     * @param advice words of a rule that would suit personal data given as it is; null where none
     */
    record Line(
            Wording.ItemLine item,
            boolean chosen,
            String mask,
            Map<String, String> masks,
            String why,
            @Nullable String shown,
            @Nullable String advice) {}

    /**
     * How many rows the answer gives.
     *
     * @param fault why nothing can be shown, in words; empty when something is
     */
    record Estimate(long rows, boolean exact, long all, boolean allExact, String fault) {}

    record Sheet(
            DecisionForm form,
            List<Line> lines,
            List<Choice> choices,
            List<TypedCondition> rows,
            List<Wording.ItemLine> filterItems,
            List<Wording.Rule> given,
            Estimate estimate,
            Map<String, String> bases,
            List<PhraseTable.Phrase> phrases,
            List<Fact> order,
            long ticked) {}

    private final Decisions decisions;
    private final Docket docket;
    private final Profiles profiles;
    private final Phrases phrases;
    private final Wording wording;
    private final Problems problems;

    DecisionSheets(
            Decisions decisions,
            Docket docket,
            Profiles profiles,
            Phrases phrases,
            Wording wording,
            Problems problems) {
        this.decisions = decisions;
        this.docket = docket;
        this.profiles = profiles;
        this.phrases = phrases;
        this.wording = wording;
        this.problems = problems;
    }

    Sheet sheet(Actor actor, Request it, DecisionForm form, Locale locale) {
        var subject = wording.subject(it.subject());
        var seen = look(actor, it, form, subject, locale);
        var lines = new ArrayList<Line>();
        for (int at = 0; at < it.ask().fields().size(); at++) {
            var item = subject.of(List.of(it.ask().fields().get(at))).getFirst();
            lines.add(line(it.ask(), item, form, seen, locale));
        }
        var ticked = lines.stream().filter(Line::chosen).count();
        return new Sheet(
                form,
                lines,
                choices(lines.size(), locale),
                form.rows().isEmpty() ? List.of(TypedCondition.empty()) : form.rows(),
                List.copyOf(subject.items().values()),
                wording.rules(it.ask().filter(), subject, locale),
                seen.estimate(),
                bases(it, locale),
                phrases.list(actor),
                order(it, locale),
                ticked);
    }

    private record Seen(Optional<Table> live, Map<String, String> values, Estimate estimate) {}

    /** A database that is away leaves the page usable: only what is seen is missing. */
    private Seen look(
            Actor actor, Request it, DecisionForm form, Wording.Subject subject, Locale locale) {
        Optional<Table> live = Optional.empty();
        try {
            live = Optional.of(decisions.live(actor, it));
            var given = form.glance(it.ask());
            var scope = Scopes.of(live.get(), given);
            var preview = decisions.preview(actor, it, scope);
            var values = new LinkedHashMap<String, String>();
            for (int at = 0; at < scope.fields().size(); at++) {
                var column = scope.fields().get(at).name();
                values.put(column, value(preview.values().get(at), locale));
            }
            return new Seen(live, values, estimate(preview));
        } catch (Refusal refused) {
            var sentence = FormFaults.named(problems.sentence(refused, locale), subject.names());
            return new Seen(live, Map.of(), new Estimate(0, false, 0, false, sentence));
        }
    }

    private static Estimate estimate(Sources.Preview it) {
        return new Estimate(
                it.rows().rows(), it.rows().exact(), it.all().rows(), it.all().exact(), "");
    }

    private String value(Optional<String> value, Locale locale) {
        if (value.isEmpty()) return wording.say("sharing.decide.empty", locale);
        var text = value.get();
        return text.codePointCount(0, text.length()) <= SHOWN_MAX
                ? text
                : text.substring(0, text.offsetByCodePoints(0, SHOWN_MAX)) + "…";
    }

    private Line line(
            Ask asked, Wording.ItemLine item, DecisionForm form, Seen seen, Locale locale) {
        var column = item.column();
        var rules = masks(asked, column, seen.live(), locale);
        var mask = form.masks().getOrDefault(column, asked.masks().getOrDefault(column, ""));
        return new Line(
                item,
                form.chosen(column),
                mask,
                rules,
                form.whyNot().getOrDefault(column, ""),
                seen.values().get(column),
                mask.isEmpty() ? advice(item, rules) : null);
    }

    /** A hint only: whether the purpose needs the value as it is, the provider knows. */
    private static @Nullable String advice(Wording.ItemLine item, Map<String, String> rules) {
        if (item.sensitivity() == Sensitivity.NONE) return null;
        var words = (item.name() + " " + item.column()).toLowerCase(Locale.ROOT);
        for (var one : ADVICE)
            if (one.getKey().matcher(words).find()) return rules.get(one.getValue().rule());
        return item.sensitivity() == Sensitivity.SENSITIVE ? rules.get(Mask.REDACT.rule()) : null;
    }

    /** Rules that may stand on a column, to words; the first is the value as it is. */
    Map<String, String> masks(Ask asked, String column, Optional<Table> live, Locale locale) {
        var rules = new LinkedHashMap<String, String>();
        if (!asked.masks().containsKey(column))
            rules.put("", wording.say("sharing.decide.plain", locale));
        for (var mask : Mask.values())
            if (live.map(table -> suits(table, column, mask)).orElse(true))
                rules.put(mask.rule(), wording.say("Mask." + mask.rule(), locale));
        return rules;
    }

    private static boolean suits(Table live, String column, Mask mask) {
        try {
            Scope.of(
                    live,
                    List.of(column),
                    List.of(),
                    Map.of(column, mask),
                    "",
                    java.time.LocalDate.EPOCH,
                    Optional.empty());
            return true;
        } catch (EngineFailure _) {
            return false;
        }
    }

    private List<Choice> choices(int items, Locale locale) {
        return List.of(
                new Choice(
                        "GRANT",
                        wording.say("sharing.decide.GRANT", locale),
                        wording.say("sharing.decide.GRANT.note", locale, items)),
                new Choice(
                        "GRANT_IN_PART",
                        wording.say("sharing.decide.GRANT_IN_PART", locale),
                        wording.say("sharing.decide.GRANT_IN_PART.note", locale)),
                new Choice(
                        "REFUSE",
                        wording.say("sharing.decide.REFUSE", locale),
                        wording.say("sharing.decide.REFUSE.note", locale)));
    }

    /** What a refusal may rest on under the profile of the request. */
    private Map<String, String> bases(Request it, Locale locale) {
        var words = new LinkedHashMap<String, String>();
        it.profile()
                .map(profiles::of)
                .map(Profile::bases)
                .ifPresent(kinds ->
                        kinds.forEach(kind ->
                                words.put(kind.name(), wording.say("BasisKind." + kind, locale))));
        return words;
    }

    /** 审核顺序, downward. */
    private List<Fact> order(Request it, Locale locale) {
        var steps = docket.history(it.id());
        var prepared = it.state() == RequestState.PREPARED;
        return List.of(
                fact("accepted", last(steps, Move.ACCEPT), "done", locale),
                fact(
                        "prepared",
                        prepared ? last(steps, Move.PREPARE) : Optional.empty(),
                        prepared ? "done" : "now",
                        locale),
                fact("reviewed", Optional.empty(), prepared ? "now" : "open", locale),
                fact("delivered", Optional.empty(), "open", locale));
    }

    private Fact fact(String word, Optional<Step> step, String look, Locale locale) {
        return new Fact(
                wording.say("sharing.order." + word, locale),
                step.map(it -> RequestSheets.minute(it.at()) + "　" + it.by()).orElse(""),
                look);
    }

    private static Optional<Step> last(List<Step> steps, Move move) {
        return steps.reversed().stream().filter(step -> step.move() == move).findFirst();
    }
}
