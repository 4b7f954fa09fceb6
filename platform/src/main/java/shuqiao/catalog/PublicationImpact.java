package shuqiao.catalog;

import java.util.List;
import java.util.Locale;
import shuqiao.kernel.Offered;

/** Offered as a bean by a room that knows what hangs on a version when another takes its place. */
@Offered(Offered.As.RULE)
public interface PublicationImpact {

    /**
     * What this publication would do to what is in use, as sentences; empty where nothing is.
     *
     * @param next as it would be published
     */
    List<String> of(Sight next, Locale locale);
}
