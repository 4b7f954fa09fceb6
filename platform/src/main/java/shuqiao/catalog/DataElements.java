package shuqiao.catalog;

import java.util.Map;
import shuqiao.kernel.Offered;

/** Offered as a bean by a room that knows standard data elements, to be chosen for an item. */
@Offered(Offered.As.NAME)
public interface DataElements {

    /** Identifier to name, in the order of the list. */
    Map<String, String> all();

    /** A known element as people read it; words that are none as they are. */
    String label(String element);
}
