package shuqiao.sharing;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.annotation.Transactional;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.NotAllowed;
import shuqiao.kernel.Role;
import shuqiao.kernel.Unknown;
import shuqiao.sharing.RequestEvent.PhraseChanged;

/**
 * Sentences to begin an opinion with (常用意见). The authority keeps those of all departments, a
 * department's reviewers those of their own.
 */
@Door
public class Phrases {

    static final int TITLE_MAX = 40;
    static final int WORDS_MAX = 1000;

    /** Of one owner; more would not be found in a list to choose from. */
    static final int OWNED_MAX = 60;

    /** What somebody writes. */
    record Entry(@Nullable String outcome, @Nullable String title, @Nullable String words) {}

    private final PhraseTable table;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Phrases(PhraseTable table, ApplicationEventPublisher events, InstantSource clock) {
        this.table = table;
        this.events = events;
        this.clock = clock;
    }

    /** Those the actor's department may use. */
    List<PhraseTable.Phrase> list(Actor actor) {
        var own = actor.organization();
        return table.of(own == null ? "" : own);
    }

    PhraseTable.Phrase find(Actor actor, long id) {
        return table.find(id)
                .filter(it -> it.organization() == null || actor.belongsTo(it.organization()))
                .orElseThrow(() -> new Unknown("phrase", id));
    }

    /** Whether the door would let the actor change it. */
    boolean mayKeep(Actor actor, PhraseTable.Phrase it) {
        var owner = it.organization();
        return owner == null
                ? actor.has(Role.AUTHORITY)
                : actor.has(Role.REVIEWER) && actor.belongsTo(owner);
    }

    /** Whose a new one would be: the authority writes for all, a reviewer for the department. */
    @Nullable String owner(Actor actor) {
        if (actor.has(Role.AUTHORITY)) return null;
        actor.require(Role.REVIEWER);
        return actor.requiredOrganization();
    }

    @Transactional
    public void add(Actor actor, Entry entry) {
        var owner = owner(actor);
        var written = checked(0, entry, owner);
        if (table.count(owner) >= OWNED_MAX)
            throw new Conflict("sharing:too-many-phrases", Map.of("max", OWNED_MAX));
        tell(table.insert(written), PhraseChanged.Change.ADDED, written, actor);
    }

    @Transactional
    public void change(Actor actor, long id, Entry entry) {
        var before = kept(actor, id);
        var written = checked(id, entry, before.organization());
        table.update(written);
        tell(id, PhraseChanged.Change.CHANGED, written, actor);
    }

    @Transactional
    public void remove(Actor actor, long id) {
        var before = kept(actor, id);
        table.delete(id);
        tell(id, PhraseChanged.Change.REMOVED, before, actor);
    }

    /** Refuses what is another's to keep. */
    void refuseUnlessKept(Actor actor, PhraseTable.Phrase it) {
        if (!mayKeep(actor, it)) throw NotAllowed.because("sharing-phrase");
    }

    private PhraseTable.Phrase kept(Actor actor, long id) {
        var it = find(actor, id);
        refuseUnlessKept(actor, it);
        return it;
    }

    private static PhraseTable.Phrase checked(long id, Entry entry, @Nullable String owner) {
        var faults = new Invalid.Faults();
        var outcome = ProfileEntry.word(faults, "outcome", entry.outcome(), Decision.Outcome.class);
        var title = faults.text("title", entry.title(), TITLE_MAX);
        var words = faults.text("words", entry.words(), WORDS_MAX);
        faults.refuseIfAny();
        return new PhraseTable.Phrase(id, outcome.orElseThrow(), title, words, owner);
    }

    private void tell(
            long id, PhraseChanged.Change change, PhraseTable.Phrase phrase, Actor actor) {
        events.publishEvent(
                new PhraseChanged(
                        id,
                        change,
                        phrase.outcome(),
                        phrase.organization() == null ? "" : phrase.organization(),
                        actor,
                        clock.instant()));
    }
}
