package shuqiao.upkeep;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Notices;
import shuqiao.kernel.Role;
import shuqiao.sharing.Grant;
import shuqiao.sharing.GrantRemarks.Remark;
import shuqiao.sharing.GrantTargets;
import shuqiao.sharing.Grants;
import shuqiao.source.SourceEvent.SourceAddressChanged;
import shuqiao.upkeep.UpkeepEvent.GrantFlagged;

/**
 * Flags the grants of a source whose address changed: what they read comes from elsewhere now; and
 * those that deliver into it: what was given goes elsewhere, which its provider is told.
 */
@Component
class SourceMoves {

    /**
     * The newest move under a grant.
     *
     * @param isTarget whether the grant delivers into what moved, not from it
     */
    record Move(long grant, Instant at, String seenBy, boolean isTarget) {

        String key() {
            return isTarget ? "upkeep.target-moved" : "upkeep.source-moved";
        }
    }

    private final SourceMoveTable table;
    private final Grants grants;
    private final ObjectProvider<GrantTargets> targets;
    private final Notices notices;
    private final Sentences sentences;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    SourceMoves(
            SourceMoveTable table,
            Grants grants,
            ObjectProvider<GrantTargets> targets,
            Notices notices,
            Sentences sentences,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.table = table;
        this.grants = grants;
        this.targets = targets;
        this.notices = notices;
        this.sentences = sentences;
        this.events = events;
        this.clock = clock;
    }

    /** In the transaction in which the address changes. */
    void sourceMoved(SourceAddressChanged event) {
        var readers = new TreeMap<String, Integer>();
        for (var grant : grants.liveOf(event.source())) {
            flag(event, grant, false);
            readers.merge(grant.consumer(), 1, Integer::sum);
        }
        tell(event, "upkeep.source-moved", readers);
        var givers = new TreeMap<String, Integer>();
        for (var grant : liveInto(event.source())) {
            flag(event, grant, true);
            givers.merge(grant.provider(), 1, Integer::sum);
        }
        tell(event, "upkeep.target-moved", givers);
    }

    private List<Grant> liveInto(long source) {
        var all = new TreeSet<Long>();
        targets.forEach(room -> all.addAll(room.into(source)));
        var now = clock.instant();
        return all.stream()
                .map(grants::grant)
                .flatMap(Optional::stream)
                .filter(it ->
                        switch (it.standing(now)) {
                            case Grant.Standing.Effective _, Grant.Standing.NotYet _ -> true;
                            case Grant.Standing.Expired _, Grant.Standing.Revoked _ -> false;
                        })
                .toList();
    }

    private void flag(SourceAddressChanged event, Grant grant, boolean isTarget) {
        table.insert(new Move(grant.id(), event.at(), event.by().signing().name(), isTarget));
        events.publishEvent(
                new GrantFlagged(
                        grant.id(),
                        grant.number(),
                        grant.resource(),
                        grant.version(),
                        1,
                        event.by(),
                        event.at()));
    }

    private void tell(SourceAddressChanged event, String key, Map<String, Integer> told) {
        told.forEach((organization, count) ->
                notices.tell(
                        organization,
                        Set.of(Role.STEWARD),
                        new Notices.Notice(
                                key,
                                Map.of(
                                        "provider",
                                        Notices.organization(event.organization()),
                                        "count",
                                        count),
                                "/grants")));
    }

    Map<Long, Remark> of(Collection<Long> some, Locale locale) {
        var remarks = new TreeMap<Long, Remark>();
        for (var it : table.newest(some))
            remarks.merge(it.grant(), remark(it, locale), SourceMoves::both);
        return remarks;
    }

    private Remark remark(Move it, Locale locale) {
        return new Remark(
                sentences.say(it.key(), locale),
                List.of(
                        sentences.say(
                                it.key() + ".what",
                                Map.of("at", Sentences.minute(it.at()), "by", it.seenBy()),
                                locale)),
                "/grants/" + it.grant(),
                sentences.say("upkeep.source-moved.see", locale));
    }

    /** Both its source and where it delivers have another address. */
    private static Remark both(Remark one, Remark other) {
        var all = new ArrayList<>(one.sentences());
        all.addAll(other.sentences());
        return new Remark(one.word(), all, one.path(), one.action());
    }
}
