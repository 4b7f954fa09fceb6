package shuqiao.outbound;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.Page;

@Repository
class NetworkTable {

    private final JdbcClient db;

    NetworkTable(JdbcClient db) {
        this.db = db;
    }

    /** False when it is there already. */
    boolean insert(NetworkRule rule) {
        return db.sql(
                                """
                                insert into outbound.network
                                    (holder, network, first_port, last_port, note, added_by, added_at)
                                values (:holder, :network, :first, :last, :note, :by, :at)
                                on conflict do nothing
                                """)
                        .param("holder", rule.holder())
                        .param("network", rule.network().text())
                        .param("first", rule.firstPort())
                        .param("last", rule.lastPort())
                        .param("note", rule.note())
                        .param("by", rule.addedBy())
                        .param("at", rule.addedAt().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    Optional<NetworkRule> delete(long id) {
        return db.sql("delete from outbound.network where id = :id returning *")
                .param("id", id)
                .query(NetworkTable::row)
                .optional();
    }

    /** For everybody, and for this one. */
    List<NetworkRule> of(String holder) {
        return db.sql(
                        "select * from outbound.network where holder in ('everybody', :holder) order by id")
                .param("holder", holder)
                .query(NetworkTable::row)
                .list();
    }

    Page<NetworkRule> list(Page.Request page) {
        var rows =
                db.sql(
                                "select * from outbound.network where id < :after order by id desc limit :limit")
                        .param("after", page.after())
                        .param("limit", page.limit() + 1)
                        .query(NetworkTable::row)
                        .list();
        return page.page(rows, this::count, NetworkRule::id);
    }

    long count() {
        return db.sql("select count(*) from outbound.network").query(Long.class).single();
    }

    /** True for the first caller in the life of the home. */
    boolean begin() {
        return db.sql("insert into outbound.begun values (true) on conflict do nothing").update()
                == 1;
    }

    private static NetworkRule row(ResultSet rs, int number) throws SQLException {
        return new NetworkRule(
                rs.getLong("id"),
                rs.getString("holder"),
                Network.parse(rs.getString("network")),
                rs.getInt("first_port"),
                rs.getInt("last_port"),
                rs.getString("note"),
                rs.getString("added_by"),
                rs.getObject("added_at", OffsetDateTime.class).toInstant());
    }
}
