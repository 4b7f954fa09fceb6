package shuqiao.source;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Notices;
import shuqiao.kernel.Role;
import shuqiao.kernel.Telling;
import shuqiao.kernel.Tells;
import shuqiao.line.SourceLeftAlone;

/** Tells the stewards of a source that it does not answer and is left alone. */
@Component
class LeftAlone implements Tells {

    private final SourceTable table;
    private final Notices notices;

    LeftAlone(SourceTable table, Notices notices) {
        this.table = table;
        this.notices = notices;
    }

    @Override
    public List<Telling<?>> tellings() {
        return List.of(new Telling<>("source.left-alone", SourceLeftAlone.class, this::tell));
    }

    private void tell(SourceLeftAlone it) {
        table.find(it.source())
                .ifPresent(source ->
                        notices.tell(
                                source.organization(),
                                Set.of(Role.STEWARD),
                                new Notices.Notice(
                                        "source.left-alone",
                                        Map.of("name", source.name(), "failures", it.failures()),
                                        "/sources/" + source.id())));
    }
}
