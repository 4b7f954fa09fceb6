package shuqiao.demo;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Guide;
import shuqiao.kernel.Role;
import shuqiao.shell.SiteSettings;

/**
 * The guided tour: five stops along the chain, for whoever works with data in the demo city. What a
 * person has seen or skipped is remembered.
 */
@Component
record Tour(TourTable table, SiteSettings site, InstantSource clock) implements Guide {

    /** From the catalog to the evidence, in the order of the chain. */
    private static final List<String> STOPS =
            List.of("/resources", "/requests", "/grants", "/runs", "/ledger");

    private static final List<String> WORDS =
            List.of("tour.search", "tour.request", "tour.grant", "tour.run", "tour.ledger");

    private static final int OVER = 0;

    @Override
    public Optional<Card> card(Actor actor, String path) {
        if (!path.equals("/") && !STOPS.contains(path) || !offered(actor)) return Optional.empty();
        var stop = stop(actor);
        if (stop == OVER) return Optional.empty();
        var where = STOPS.get(stop - 1);
        return Optional.of(
                new Card(stop, STOPS.size(), WORDS.get(stop - 1), where, path.equals(where)));
    }

    @Override
    public boolean offered(Actor actor) {
        return actor.kind() == Actor.Kind.PERSON
                && (actor.has(Role.STEWARD)
                        || actor.has(Role.REVIEWER)
                        || actor.has(Role.AUTHORITY))
                && site.in(Locale.CHINESE).demo();
    }

    /** On to the next stop, and where that is; home after the last. */
    String next(Actor actor) {
        var stop = stop(actor);
        if (stop == OVER) return "/";
        if (stop == STOPS.size()) {
            put(actor, OVER);
            return "/";
        }
        put(actor, stop + 1);
        return STOPS.get(stop);
    }

    void skip(Actor actor) {
        put(actor, OVER);
    }

    /** From the beginning. */
    void again(Actor actor) {
        put(actor, 1);
    }

    private int stop(Actor actor) {
        return table.stop(actor.subject()).orElse(1);
    }

    private void put(Actor actor, int stop) {
        table.put(actor.subject(), stop, clock.instant());
    }
}
