package shuqiao.sharing;

import java.util.Map;
import shuqiao.kernel.Conflict;

/**
 * Rightly asked, but the request stands elsewhere: somebody was first, or something comes first.
 */
public final class NotNow extends Conflict {

    private NotNow(String key, Map<String, Object> facts) {
        super(key, facts);
    }

    static NotNow of(Request request, RequestState.Move move) {
        return new NotNow(
                "sharing:not-now",
                Map.of(
                        "number", request.number(),
                        "state", request.state(),
                        "move", move));
    }

    /** Another hand changed it between our look and our act. */
    static NotNow changed(Request request) {
        return new NotNow("sharing:changed-meanwhile", Map.of("number", request.number()));
    }
}
