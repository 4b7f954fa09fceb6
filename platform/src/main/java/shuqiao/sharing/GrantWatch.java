package shuqiao.sharing;

import java.time.Instant;
import shuqiao.kernel.Door;
import shuqiao.kernel.Lifeline;
import shuqiao.kernel.Trusted;

/** Whether a grant has effect, asked while rows flow, however busy the platform is. */
@Door
public class GrantWatch {

    private final GrantTable table;

    GrantWatch(Lifeline lifeline) {
        this.table = new GrantTable(lifeline.db());
    }

    @Trusted("asked twice a second by whoever moves rows under the grant")
    public boolean effective(long grant, Instant at) {
        return table.find(grant).filter(it -> it.effective(at)).isPresent();
    }
}
