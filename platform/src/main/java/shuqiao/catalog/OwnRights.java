package shuqiao.catalog;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Role;

/** What the reader's own department may use already, so that nobody asks for what is there. */
@Component
class OwnRights {

    /**
     * One grant.
     *
     * @param items how many of the items of the valid version it gives
     * @param all how many items that version has
     * @param later its first day when that is still to come, else null
     * @param path where it is read; null for a reader who may not
     */
    record Right(
            int items,
            int all,
            @Nullable LocalDate later,
            LocalDate until,
            @Nullable String path) {}

    /**
     * @param rest how many further items can be asked for
     */
    record Own(List<Right> rights, int rest) {

        static final Own NONE = new Own(List.of(), 0);

        public boolean any() {
            return !rights.isEmpty();
        }
    }

    private final Catalog catalog;
    private final List<ResourceUse> uses;
    private final When when;

    OwnRights(Catalog catalog, List<ResourceUse> uses, When when) {
        this.catalog = catalog;
        this.uses = uses;
        this.when = when;
    }

    Own of(Actor actor, long resource) {
        return of(actor, List.of(resource)).getOrDefault(resource, Own.NONE);
    }

    /** Those that it has nothing of are left out. */
    Map<Long, Own> of(Actor actor, Collection<Long> resources) {
        var own = actor.organization();
        var found = new HashMap<Long, Own>();
        if (own == null || resources.isEmpty()) return found;
        var reads = actor.has(Role.STEWARD) || actor.has(Role.REVIEWER);
        for (var room : uses)
            room.held(own, resources)
                    .forEach((id, held) ->
                            catalog.published(id)
                                    .filter(PublishedResource::current)
                                    .ifPresent(valid -> found.put(id, own(valid, held, reads))));
        return found;
    }

    private Own own(PublishedResource valid, List<ResourceUse.Held> held, boolean reads) {
        var given = new HashSet<String>();
        held.forEach(one -> given.addAll(one.columns()));
        var rest =
                valid.fields().stream()
                        .filter(field -> field.shareable() && !given.contains(field.column()))
                        .count();
        return new Own(
                held.stream()
                        .map(one ->
                                new Right(
                                        (int)
                                                valid.fields().stream()
                                                        .filter(field ->
                                                                one.columns()
                                                                        .contains(field.column()))
                                                        .count(),
                                        valid.fields().size(),
                                        one.from().isAfter(when.today()) ? one.from() : null,
                                        one.until(),
                                        reads ? one.path() : null))
                        .toList(),
                (int) rest);
    }
}
