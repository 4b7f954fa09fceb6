package shuqiao.mutation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The changes that can be made to a statement in the source. */
final class SqlWords {

    private static final Pattern STATEMENT =
            Pattern.compile("\\b(select|update|insert into|delete from|where|order by) ");

    private record Word(String operator, Pattern found, String instead) {}

    private static final List<Word> WORDS =
            List.of(
                    word("shift a boundary (SQL)", "(?<= )<(?= )", "<="),
                    word("shift a boundary (SQL)", "(?<= )<=(?= )", "<"),
                    word("shift a boundary (SQL)", "(?<= )>(?= )", ">="),
                    word("shift a boundary (SQL)", "(?<= )>=(?= )", ">"),
                    word("negate (SQL)", "(?<= )<>(?= )", "="),
                    word("negate (SQL)", "\\bis null\\b", "is not null"),
                    word("negate (SQL)", "\\bis not null\\b", "is null"),
                    word("negate (SQL)", "\\bnot (?=exists|in\\b)", ""),
                    word("and to or (SQL)", "(?<!between \\S{1,60} )\\band\\b(?! clock)", "or"),
                    word("or to and (SQL)", "\\bor\\b", "and"),
                    word("turn the order (SQL)", "\\bdesc\\b", "asc"),
                    word(
                            "turn the order (SQL)",
                            "(?<=order by [\\w.]{1,40})(?![\\w.])(?! desc)",
                            " desc"),
                    word("other figure (SQL)", "\\bmax\\(", "min("),
                    word("other figure (SQL)", "\\bmin\\(", "max("));

    private SqlWords() {}

    private static Word word(String operator, String found, String instead) {
        return new Word(operator, Pattern.compile(found), instead);
    }

    record Change(String operator, int start, int end, String after) {}

    static List<Change> changes(String literal) {
        var changes = new ArrayList<Change>();
        if (!STATEMENT.matcher(literal).find()) return changes;
        for (var word : WORDS)
            for (var hit : word.found().matcher(literal).results().toList())
                if (!quoted(literal, hit))
                    changes.add(
                            new Change(word.operator(), hit.start(), hit.end(), word.instead()));
        return changes;
    }

    /** Inside quotes it is a word of the city, not of the language. */
    private static boolean quoted(String literal, MatchResult hit) {
        var line = literal.substring(literal.lastIndexOf('\n', hit.start() - 1) + 1, hit.start());
        return line.chars().filter(character -> character == '\'').count() % 2 == 1;
    }
}
