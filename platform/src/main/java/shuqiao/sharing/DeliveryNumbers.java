package shuqiao.sharing;

import java.util.Collection;
import java.util.Map;

/** Offered as a bean by a room that delivers: what people call the runs behind deliveries. */
public interface DeliveryNumbers {

    /** Id of a run to its document number, JH-2026-00001; those it does not know are left out. */
    Map<String, String> of(Collection<String> runs);
}
