package shuqiao.catalog;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * 值域: which codes an item takes and what each stands for, read as people write it down: 「1 男；2 女」,
 * 「0=停用,1=启用」, 「1男 2女」. Words that are no list of codes name a standard that holds them.
 *
 * @param codes in their order; none where a standard is named, or nothing
 */
record CodeSet(List<Code> codes) {

    /** What is longer belongs into a standard that is named. */
    static final int TEXT_MAX = 4_000;

    /** One code and what it stands for. */
    record Code(String value, String meaning) {}

    /** What parts codes; the first that leaves only codes holds. */
    private static final List<Pattern> BETWEEN =
            Stream.of("[;；\\r\\n]+", "[,，|]+", "[、/]+", "\\s+").map(Pattern::compile).toList();

    /** Not 「GB 32100」, which is the number of a standard. */
    private static final Pattern CODE =
            Pattern.compile(
                    "(?![A-Za-z/]+\\s+\\d)(?:(-?[0-9A-Za-z_.]{1,32})\\s*[=:：、.．)）—－\\-\\s]\\s*(?=.*\\p{L})([^\\s=:].*)"
                            + "|([0-9]{1,12})(\\p{IsHan}.*))",
                    Pattern.DOTALL);

    private static final Pattern IN_BRACKETS =
            Pattern.compile("[(（\\[【]([^()（）\\[\\]【】]+)[)）\\]】]");
    private static final Pattern AFTER_NAME =
            Pattern.compile("^[^:：\\r\\n]*[:：](.+)", Pattern.DOTALL);

    private static final CodeSet NONE = new CodeSet(List.of());

    static CodeSet of(String text) {
        for (var between : BETWEEN) {
            var parts =
                    Stream.of(between.split(text))
                            .map(String::strip)
                            .filter(it -> !it.isEmpty())
                            .map(CODE::matcher)
                            .toList();
            if (parts.size() < 2 || !parts.stream().allMatch(Matcher::matches)) continue;
            var codes = parts.stream().map(CodeSet::code).toList();
            // 「3年，5年」 are no codes
            if (codes.stream().map(Code::meaning).distinct().count() > 1) return new CodeSet(codes);
        }
        return NONE;
    }

    private static Code code(Matcher part) {
        return part.group(1) != null
                ? new Code(part.group(1), part.group(2).strip())
                : new Code(part.group(3), part.group(4).strip());
    }

    /** Comments of columns often say it: 「性别（1男 2女）」. */
    static CodeSet inComment(String comment) {
        return Stream.of(IN_BRACKETS, AFTER_NAME)
                .map(it -> it.matcher(comment))
                .filter(Matcher::find)
                .map(it -> of(it.group(1)))
                .filter(it -> it.twice().isEmpty() && it.text().length() <= TEXT_MAX)
                .filter(it -> !it.codes.isEmpty())
                .findFirst()
                .orElse(NONE);
    }

    /** The first code that stands for two things. */
    Optional<String> twice() {
        var seen = new HashSet<String>();
        return codes.stream().map(Code::value).filter(it -> !seen.add(it)).findFirst();
    }

    /** As it is written into a form. */
    String text() {
        return codes.stream()
                .map(it -> it.value() + " " + it.meaning())
                .collect(Collectors.joining("；"));
    }
}
