package shuqiao.exchange;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import shuqiao.sharing.Deliverer;

/** Runs deliver into tables and as files: no page names another rail before there is one. */
@Component
record RunDeliverer(RunTable runs, MessageSource messages) implements Deliverer {

    private static final List<String> RAILS = List.of("rail.table", "rail.file");

    @Override
    public List<String> rails(Locale locale) {
        return RAILS.stream().map(key -> messages.getMessage(key, null, locale)).toList();
    }

    @Override
    public Map<String, String> numbers(Collection<String> ids) {
        return runs.numbers(ids);
    }
}
