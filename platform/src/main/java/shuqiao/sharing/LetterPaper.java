package shuqiao.sharing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;
import shuqiao.kernel.BaseUrl;
import shuqiao.sharing.LetterPages.Letter;
import shuqiao.sharing.LetterPages.Reply;

/** The letter of reply as a file to keep: what the page says, in the form of an official letter. */
@Component
class LetterPaper {

    private static final double BODY = 14;
    private static final double CELL = 11;
    private static final double LAST_LINES = 9;
    private static final double NOTE = 9;
    private static final double NUMBER_WIDTH = 44;
    private static final double MASK_WIDTH = 150;
    private static final double KEY_WIDTH = 136;

    private final Wording wording;
    private final BaseUrl address;

    LetterPaper(Wording wording, BaseUrl address) {
        this.wording = wording;
        this.address = address;
    }

    byte[] write(Reply reply, Locale locale) {
        var it = reply.it();
        var letter = reply.letter();
        var paper = new Paper(locale);
        if (reply.draft()) paper.centered(wording.say("sharing.letter.draft", locale), CELL, false);
        paper.centered(wording.say("sharing.letter.title", locale), 22, true);
        paper.centered(wording.say("sharing.letter.number", locale, it.number()), 12, false);
        paper.skip(12);
        paper.paragraph(wording.say("sharing.letter.to", locale, reply.consumer()), BODY, false);
        paper.paragraph(
                wording.say(
                        "sharing.letter.body." + letter.outcome(),
                        locale,
                        it.subject().title(),
                        it.subject().code(),
                        reply.sent()),
                BODY,
                true);
        paper.skip(8);
        if (!letter.items().isEmpty()) items(paper, letter, locale);
        paper.table(
                new double[] {KEY_WIDTH, Paper.WIDTH - KEY_WIDTH},
                List.of(),
                facts(reply, locale),
                CELL);
        paper.skip(10);
        // a signature never stands on a sheet without words of the letter
        paper.keep(LAST_LINES * BODY);
        paper.paragraph(
                wording.say(
                        letter.outcome().equals("REFUSE")
                                ? "sharing.letter.remedy"
                                : "sharing.letter.duty",
                        locale),
                BODY,
                true);
        paper.skip(16);
        paper.signature(
                reply.decided().isEmpty()
                        ? List.of(reply.provider())
                        : List.of(reply.provider(), reply.decided()),
                BODY);
        paper.skip(12);
        var link = address.value() + "/requests/" + it.id() + "/letter";
        var words = new ArrayList<String>();
        words.add(wording.say("sharing.letter.link", locale));
        words.add(link);
        if (letter.digest() != null) words.add(wording.say("sharing.letter.digest", locale));
        if (letter.digest() != null) words.add(letter.digest());
        paper.code(link, words, NOTE);
        var total = paper.sheets();
        return paper.bytes(
                wording.say("sharing.letter.title", locale) + " " + it.number(),
                reply.provider(),
                page -> wording.say("sharing.letter.page", locale, page, total));
    }

    private void items(Paper paper, Letter letter, Locale locale) {
        var rows = new ArrayList<List<String>>();
        for (var item : letter.items()) {
            var mask = letter.masks().get(item.column());
            rows.add(
                    List.of(
                            String.valueOf(rows.size() + 1),
                            item.name(),
                            mask == null
                                    ? wording.say("sharing.letter.unmasked", locale)
                                    : wording.say("Mask." + mask, locale)));
        }
        paper.table(
                new double[] {NUMBER_WIDTH, Paper.WIDTH - NUMBER_WIDTH - MASK_WIDTH, MASK_WIDTH},
                List.of(
                        wording.say("sharing.letter.order", locale),
                        wording.say("sharing.letter.given", locale, letter.items().size()),
                        wording.say("sharing.letter.mask", locale)),
                rows,
                CELL);
        paper.skip(12);
    }

    /** What the page shows as a list, in its order; the items stand in a table of their own. */
    private List<List<String>> facts(Reply reply, Locale locale) {
        var it = reply.it();
        var letter = reply.letter();
        var colon = wording.say("sharing.colon", locale);
        var facts = new ArrayList<List<String>>();
        facts.add(
                List.of(
                        wording.say("sharing.purpose", locale),
                        wording.say("Purpose." + it.ask().purpose(), locale)
                                + colon
                                + it.ask().purposeText()));
        if (!letter.outcome().equals("REFUSE")) {
            facts.add(List.of(wording.say("sharing.filter", locale), rules(letter, locale)));
            facts.add(
                    List.of(
                            wording.say("sharing.mode", locale),
                            wording.say("Mode." + it.ask().mode(), locale)));
            facts.add(
                    List.of(
                            wording.say("sharing.term", locale),
                            wording.say(
                                    "sharing.from-until", locale, letter.from(), letter.until())));
            var grant = letter.grant();
            if (grant != null) facts.add(List.of(wording.say("sharing.grant", locale), grant));
        }
        if (!letter.refused().isEmpty())
            facts.add(
                    List.of(
                            wording.say("sharing.letter.refused", locale, letter.refused().size()),
                            String.join(
                                    wording.say("comma", locale),
                                    letter.refused().stream()
                                            .map(Wording.ItemLine::name)
                                            .toList())));
        if (!letter.reason().isEmpty())
            facts.add(List.of(wording.say("sharing.reason", locale), letter.reason()));
        var basis = letter.basisKind();
        if (basis != null)
            facts.add(
                    List.of(
                            wording.say("sharing.refusal-basis", locale),
                            wording.say("BasisKind." + basis, locale) + colon + letter.basis()));
        if (!letter.opinion().isEmpty())
            facts.add(List.of(wording.say("sharing.opinion", locale), letter.opinion()));
        return facts;
    }

    private String rules(Letter letter, Locale locale) {
        if (letter.rules().isEmpty()) return wording.say("sharing.all-rows", locale);
        return String.join(
                "\n",
                letter.rules().stream()
                        .map(rule -> rule.item() + " " + rule.operator() + " " + rule.value())
                        .toList());
    }
}
