package shuqiao.sharing;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import shuqiao.catalog.ResourceUse;
import shuqiao.kernel.Clock;

/** Tells the catalog which departments hold a grant that is effective today. */
@Component
record GrantUses(GrantTable table, MessageSource messages, InstantSource clock)
        implements ResourceUse {

    @Override
    public Map<Long, Integer> users(Collection<Long> resources) {
        return table.users(resources, today());
    }

    @Override
    public int holders(long resource) {
        return table.holders(resource, today());
    }

    @Override
    public List<User> users(long resource, Locale locale) {
        return table.effectiveOf(resource, today()).stream()
                .map(it ->
                        new User(
                                it.consumer(),
                                messages.getMessage("Mode." + it.mode(), null, locale),
                                it.scope().fields().size(),
                                it.until()))
                .toList();
    }

    @Override
    public Map<Long, List<Held>> held(String organization, Collection<Long> resources) {
        return table.held(organization, resources, today()).stream()
                .collect(
                        Collectors.groupingBy(
                                Grant::resource,
                                Collectors.mapping(GrantUses::held, Collectors.toList())));
    }

    private static Held held(Grant it) {
        return new Held(
                it.scope().fields().stream()
                        .map(field -> field.name())
                        .collect(Collectors.toUnmodifiableSet()),
                it.from(),
                it.until(),
                "/grants/" + it.id());
    }

    @Override
    public long rowsDelivered(long resource) {
        return table.rowsMax(resource);
    }

    private LocalDate today() {
        return clock.instant().atZone(Clock.ZONE).toLocalDate();
    }
}
