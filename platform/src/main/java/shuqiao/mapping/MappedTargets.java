package shuqiao.mapping;

import java.util.Set;
import org.springframework.stereotype.Component;
import shuqiao.sharing.GrantTargets;

/** Tables that a mapping keeps: its grant delivers into their source. */
@Component
class MappedTargets implements GrantTargets {

    private final MappingTable mappings;

    MappedTargets(MappingTable mappings) {
        this.mappings = mappings;
    }

    @Override
    public Set<Long> into(long source) {
        return mappings.grantsInto(source);
    }
}
