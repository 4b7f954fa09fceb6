package shuqiao.source;

import java.util.List;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.outbound.KeptAddresses;

/** Shows the system administrator the sources whose address lies outside of what may be dialled. */
@Component
class SourceAddresses implements KeptAddresses {

    static final String KIND = "source";

    private static final int MAX = 1_000;

    private final SourceTable table;

    SourceAddresses(SourceTable table) {
        this.table = table;
    }

    @Override
    public List<Kept> kept() {
        return table.kept(MAX);
    }

    @Override
    public void settle(Actor by, String kind, long id) {
        if (kind.equals(KIND)) table.settle(id);
    }
}
