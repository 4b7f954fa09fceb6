package shuqiao.catalog;

import java.util.List;
import java.util.Locale;

/** Offered as a bean by a room that knows what hangs on a version when another takes its place. */
public interface PublicationImpact {

    /**
     * What this publication would do to what is in use, as sentences; empty where nothing is.
     *
     * @param next as it would be published
     */
    List<String> of(Sight next, Locale locale);
}
