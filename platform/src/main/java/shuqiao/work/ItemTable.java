package shuqiao.work;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.Page;

/**
 * The items. A kind has one round at a time on all platforms, which takes its items one after the
 * other; so an item that is found picked was left by a platform that died over it.
 */
@Repository
class ItemTable {

    private static final String STATE =
            "case when dead_at is not null then 'DEAD' when picked then 'RUNNING' else 'WAITING' end";

    /** An item that was taken, as its handler gets it. */
    record Taken(long id, String key, String payload, int attempt) {}

    private final JdbcClient db;

    ItemTable(JdbcClient db) {
        this.db = db;
    }

    /** False where there is one of this key. */
    boolean insert(String kind, String key, String payload, Instant due) {
        return db.sql(
                                """
                                insert into work.task (kind, key, payload, due) values (:kind, :key, :payload, :due)
                                on conflict do nothing
                                """)
                        .param("kind", kind)
                        .param("key", key)
                        .param("payload", payload)
                        .param("due", time(due))
                        .update()
                == 1;
    }

    /** One that broke once outside of here; false where there is one of this key. */
    boolean aside(String kind, String key, String cause, Instant at, Instant due) {
        return db.sql(
                                """
                                insert into work.task (kind, key, due, attempt, cause, failed_at)
                                values (:kind, :key, :due, 1, :cause, :at) on conflict do nothing
                                """)
                        .param("kind", kind)
                        .param("key", key)
                        .param("due", time(due))
                        .param("cause", cause)
                        .param("at", time(at))
                        .update()
                == 1;
    }

    /** Takes the item that has waited longest. */
    Optional<Taken> take(String kind, Instant now) {
        return db.sql(
                        """
                        update work.task set picked = true, attempt = attempt + 1, version = version + 1
                        where id = (select id from work.task
                            where kind = :kind and key <> 'recurring' and dead_at is null and due <= :now
                            order by due, id limit 1 for update skip locked)
                        returning id, key, payload, attempt
                        """)
                .param("kind", kind)
                .param("now", time(now))
                .query((rs, _) ->
                        new Taken(
                                rs.getLong("id"),
                                rs.getString("key"),
                                rs.getString("payload"),
                                rs.getInt("attempt")))
                .optional();
    }

    /** It went well: forgotten. One that was taken by another meanwhile stays as that leaves it. */
    void done(Taken it) {
        db.sql("delete from work.task where id = :id and attempt = :attempt and picked")
                .param("id", it.id())
                .param("attempt", it.attempt())
                .update();
    }

    /** Nobody's fault: the attempt does not count. */
    void back(Taken it) {
        db.sql(
                        """
                        update work.task set picked = false, attempt = attempt - 1, version = version + 1
                        where id = :id and attempt = :attempt and picked
                        """)
                .param("id", it.id())
                .param("attempt", it.attempt())
                .update();
    }

    void broke(Taken it, String cause, Instant at, Duration pause) {
        db.sql(
                        """
                        update work.task set picked = false, cause = :cause, failed_at = :at, due = :due, version = version + 1
                        where id = :id and attempt = :attempt and picked
                        """)
                .param("id", it.id())
                .param("attempt", it.attempt())
                .param("cause", cause)
                .param("at", time(at))
                .param("due", time(at.plus(pause)))
                .update();
    }

    /**
     * What was put down with the item, which nobody else may do meanwhile; empty where one does.
     */
    Optional<String> hold(String kind, String key) {
        return db.sql(
                        "select payload from work.task where kind = :kind and key = :key and dead_at is null for update skip locked")
                .param("kind", kind)
                .param("key", key)
                .query(String.class)
                .optional();
    }

    void remove(String kind, String key) {
        db.sql("delete from work.task where kind = :kind and key = :key")
                .param("kind", kind)
                .param("key", key)
                .update();
    }

    /** One that broke outside of a round. */
    void failed(String kind, String key, String cause, Instant at, Instant due) {
        db.sql(
                        """
                        update work.task set attempt = attempt + 1, cause = :cause, failed_at = :at, due = :due, version = version + 1
                        where kind = :kind and key = :key and not picked
                        """)
                .param("kind", kind)
                .param("key", key)
                .param("cause", cause)
                .param("at", time(at))
                .param("due", time(due))
                .update();
    }

    void died(Taken it, String cause, Instant at) {
        db.sql(
                        """
                        update work.task set picked = false, cause = :cause, failed_at = :at, dead_at = :at, version = version + 1
                        where id = :id and attempt = :attempt and picked
                        """)
                .param("id", it.id())
                .param("attempt", it.attempt())
                .param("cause", cause)
                .param("at", time(at))
                .update();
    }

    /** Those that wait, run or are dead. */
    List<String> keys(String kind) {
        return db.sql("select key from work.task where kind = :kind and key <> 'recurring'")
                .param("kind", kind)
                .query((rs, _) -> rs.getString("key"))
                .list();
    }

    Optional<Item> find(long id) {
        return db.sql("select * from work.task where id = :id and key <> 'recurring'")
                .param("id", id)
                .query((rs, _) -> item(rs))
                .optional();
    }

    /** A dead one is tried from the beginning, one that waits at once; false where neither is. */
    boolean again(long id, Instant now) {
        return db.sql(
                                """
                                update work.task set due = :now, attempt = case when dead_at is null then attempt else 0 end,
                                    dead_at = null, version = version + 1
                                where id = :id and key <> 'recurring' and not picked
                                """)
                        .param("id", id)
                        .param("now", time(now))
                        .update()
                == 1;
    }

    /** False where it is not dead. */
    boolean forget(long id) {
        return db.sql("delete from work.task where id = :id and dead_at is not null")
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Newest first. */
    Page<Item> list(Collection<String> kinds, Item.State state, Page.Request page) {
        var rows =
                db.sql(
                                "select * from work.task where key <> 'recurring' and kind in (:kinds) and "
                                        + STATE
                                        + " = :state and id < :after order by id desc limit :limit")
                        .param("kinds", kinds)
                        .param("state", state.name())
                        .param("after", page.after())
                        .param("limit", page.limit() + 1)
                        .query((rs, _) -> item(rs))
                        .list();
        return page.page(rows, () -> counts(kinds).getOrDefault(state, 0L), Item::id);
    }

    Map<Item.State, Long> counts(Collection<String> kinds) {
        var counts = new EnumMap<Item.State, Long>(Item.State.class);
        db.sql(
                        "select "
                                + STATE
                                + " as state, count(*) as n from work.task"
                                + " where key <> 'recurring' and kind in (:kinds) group by 1")
                .param("kinds", kinds)
                .query(rs -> {
                    counts.put(Item.State.valueOf(rs.getString("state")), rs.getLong("n"));
                });
        return counts;
    }

    private static Item item(ResultSet rs) throws SQLException {
        var dead = rs.getObject("dead_at", OffsetDateTime.class);
        return new Item(
                rs.getLong("id"),
                rs.getString("kind"),
                rs.getString("key"),
                rs.getObject("due", OffsetDateTime.class).toInstant(),
                rs.getInt("attempt"),
                rs.getBoolean("picked"),
                rs.getString("cause"),
                instant(dead));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime it) {
        return it == null ? null : it.toInstant();
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
