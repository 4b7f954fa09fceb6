package shuqiao.organization;

import org.jspecify.annotations.Nullable;
import shuqiao.standard.CreditCode;
import shuqiao.standard.DivisionCode;

/**
 * A body of government that owns data, known by its unified social credit code (GB 32100-2015).
 *
 * @param shortName as its people say it: 市民政局
 * @param division division it serves (GB/T 2260)
 * @param parent code of the body it belongs to, or null at the top
 * @param authority whether it is the data authority of its division
 * @param closed keeps its past, takes no new work
 * @param codeReason why the code stands although its check character is another; empty where it is
 *     right
 */
public record Organization(
        CreditCode code,
        String name,
        String shortName,
        String nameEn,
        DivisionCode division,
        Level level,
        @Nullable CreditCode parent,
        boolean authority,
        boolean closed,
        String codeReason) {

    /** Level of government. */
    public enum Level {
        PROVINCE,
        CITY,
        COUNTY,
        TOWN
    }

    /** The name in the reader's language where there is one. */
    public String nameIn(java.util.Locale locale) {
        return locale.getLanguage().equals("en") && !nameEn.isEmpty() ? nameEn : name;
    }
}
