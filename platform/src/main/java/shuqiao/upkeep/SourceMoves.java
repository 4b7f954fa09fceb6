package shuqiao.upkeep;

import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Notices;
import shuqiao.kernel.Role;
import shuqiao.sharing.GrantRemarks.Remark;
import shuqiao.sharing.Grants;
import shuqiao.source.SourceAddressChanged;

/** Flags the grants of a source whose address changed: what they read comes from elsewhere now. */
@Component
class SourceMoves {

    /** The newest move under a grant. */
    record Move(long grant, Instant at, String seenBy) {}

    private final SourceMoveTable table;
    private final Grants grants;
    private final Notices notices;
    private final Sentences sentences;
    private final ApplicationEventPublisher events;

    SourceMoves(
            SourceMoveTable table,
            Grants grants,
            Notices notices,
            Sentences sentences,
            ApplicationEventPublisher events) {
        this.table = table;
        this.grants = grants;
        this.notices = notices;
        this.sentences = sentences;
        this.events = events;
    }

    /** In the transaction in which the address changes. */
    void sourceMoved(SourceAddressChanged event) {
        var told = new TreeMap<String, Integer>();
        for (var grant : grants.liveOf(event.source())) {
            table.insert(new Move(grant.id(), event.at(), event.by().signing().name()));
            told.merge(grant.consumer(), 1, Integer::sum);
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
        told.forEach((consumer, count) ->
                notices.tell(
                        consumer,
                        Set.of(Role.STEWARD),
                        new Notices.Notice(
                                "upkeep.source-moved",
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
            remarks.put(
                    it.grant(),
                    new Remark(
                            sentences.say("upkeep.source-moved", locale),
                            java.util.List.of(
                                    sentences.say(
                                            "upkeep.source-moved.what",
                                            Map.of(
                                                    "at", Sentences.minute(it.at()),
                                                    "by", it.seenBy()),
                                            locale)),
                            "/grants/" + it.grant(),
                            sentences.say("upkeep.source-moved.see", locale)));
        return remarks;
    }
}
