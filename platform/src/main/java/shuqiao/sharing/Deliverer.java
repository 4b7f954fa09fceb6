package shuqiao.sharing;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import shuqiao.kernel.Offered;

/** Offered as a bean by a room that delivers: by which rails, and what people call its runs. */
@Offered(Offered.As.NAME)
public interface Deliverer {

    /** The rails there are, in words. */
    List<String> rails(Locale locale);

    /** Id of a run to its document number, JH-2026-00001; those it does not know are left out. */
    Map<String, String> numbers(Collection<String> runs);
}
