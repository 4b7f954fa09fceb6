package shuqiao.notice;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Transactional;
import shuqiao.identity.People;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Afterwards;
import shuqiao.kernel.Door;
import shuqiao.kernel.Notices;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.Telling;
import shuqiao.kernel.Tells;
import shuqiao.kernel.Trusted;
import shuqiao.kernel.Unknown;
import shuqiao.kernel.UnreadNotices;
import shuqiao.kernel.Where;

/** Keeps what people are told until they have read it. Everybody reads the own ones only. */
@Door
public class NoticeBoard implements Notices, UnreadNotices, Tells {

    /**
     * A list of notices.
     *
     * @param unread only those not read yet
     * @param room only those that this room told; null for all
     */
    public record Asked(boolean unread, @Nullable String room) {}

    /**
     * Waits to be told.
     *
     * @param organization null for all
     * @param username the one person; null for who holds the roles
     */
    record ToTell(
            @Nullable String organization,
            Set<Role> roles,
            @Nullable String username,
            Notice notice) {}

    private static final String TOLD = "notice.told";

    private final NoticeTable table;
    private final MailTable mails;
    private final People people;
    private final Afterwards afterwards;
    private final InstantSource clock;

    NoticeBoard(
            NoticeTable table,
            MailTable mails,
            People people,
            Afterwards afterwards,
            InstantSource clock) {
        this.afterwards = afterwards;
        this.table = table;
        this.mails = mails;
        this.people = people;
        this.clock = clock;
    }

    @Override
    @Transactional
    @Trusted("rooms tell what happened in them")
    public void tell(String organization, Set<Role> roles, Notice notice) {
        afterwards.tell(TOLD, new ToTell(organization, roles, null, notice));
    }

    @Override
    @Transactional
    @Trusted("rooms tell what happened in them")
    public void tell(Set<Role> roles, Notice notice) {
        afterwards.tell(TOLD, new ToTell(null, roles, null, notice));
    }

    @Override
    @Transactional
    @Trusted("rooms tell what happened in them")
    public void tell(String username, Notice notice) {
        afterwards.tell(TOLD, new ToTell(null, Set.of(), username, notice));
    }

    @Override
    @Trusted("what the platform tells itself; nobody is answered")
    public List<Telling<?>> tellings() {
        return List.of(new Telling<>(TOLD, ToTell.class, this::keep));
    }

    /** Whoever holds the roles when it is told. */
    private void keep(ToTell it) {
        var one = it.username();
        if (one == null) keep(people.holders(it.organization(), it.roles()), it.notice());
        else
            people.find(one)
                    .filter(person -> !person.disabled())
                    .ifPresent(person -> keep(List.of(person.username()), it.notice()));
    }

    private void keep(Collection<String> receivers, Notice notice) {
        var now = clock.instant();
        var ids = table.insert(receivers, notice, now);
        if (!ids.isEmpty()) mails.each(ids, now);
    }

    @Override
    public long unread(Actor actor) {
        return actor.kind() == Actor.Kind.PERSON ? table.unread(actor.subject()) : 0;
    }

    /** Those not read yet first. */
    public Page<Told> list(Actor actor, Asked asked, Page.Request page) {
        return table.search(where(actor, asked), page.limit(), page.after());
    }

    public long count(Actor actor, Asked asked) {
        return table.count(where(actor, asked));
    }

    /** How many each room told, narrowed by whether they are read, not by the room. */
    public Map<String, Long> rooms(Actor actor, boolean unread) {
        return table.rooms(where(actor, new Asked(unread, null)));
    }

    /** Marks one as read and says where it is seen. */
    @Transactional
    public Told read(Actor actor, long id) {
        table.read(actor.subject(), id, clock.instant());
        return table.find(actor.subject(), id).orElseThrow(() -> new Unknown("notice", id));
    }

    /** Marks all as read; how many there were. */
    @Transactional
    public int readAll(Actor actor) {
        return table.readAll(actor.subject(), clock.instant());
    }

    @Transactional
    @Trusted("the demo city tells of people who read what they were told")
    public void readBefore(Instant moment) {
        table.readBefore(moment);
    }

    private static Where where(Actor actor, Asked asked) {
        var where = new Where().and("receiver = :receiver", "receiver", actor.subject());
        if (asked.unread()) where.and("read_at is null");
        var room = asked.room();
        if (room != null) where.and("split_part(key, '.', 1) = :room", "room", room);
        return where;
    }
}
