package shuqiao.kernel;

import java.util.List;
import java.util.Locale;

/** What is marked open to society, offered by the catalog and shown by the open portal. */
@Offered(Offered.As.LINES)
public interface OpenEntries {

    /**
     * One published resource that is open.
     *
     * @param abstractText what it holds, in one or two sentences
     * @param provider name of the department
     * @param unconditional whether anybody may take it without asking
     * @param updated date of the last publication, as it is to be shown
     */
    record Entry(
            String code,
            String title,
            String abstractText,
            String provider,
            boolean unconditional,
            String updated) {}

    long total();

    /** The newest, at most so many. */
    List<Entry> newest(int most, Locale locale);
}
