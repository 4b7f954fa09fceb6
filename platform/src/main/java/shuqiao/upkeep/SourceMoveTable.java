package shuqiao.upkeep;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class SourceMoveTable {

    private final JdbcClient db;

    SourceMoveTable(JdbcClient db) {
        this.db = db;
    }

    void insert(SourceMoves.Move it) {
        db.sql(
                        """
                        insert into upkeep.source_move (grant_id, moved_at, seen_by)
                        values (:grant, :at, :by) on conflict do nothing
                        """)
                .param("grant", it.grant())
                .param("at", it.at().atOffset(ZoneOffset.UTC))
                .param("by", it.seenBy())
                .update();
    }

    /** The last one of each of these grants. */
    List<SourceMoves.Move> newest(Collection<Long> grants) {
        if (grants.isEmpty()) return List.of();
        return db.sql(
                        """
                        select distinct on (grant_id) grant_id, moved_at, seen_by from upkeep.source_move
                        where grant_id in (:grants) order by grant_id, moved_at desc
                        """)
                .param("grants", grants)
                .query((rs, _) ->
                        new SourceMoves.Move(
                                rs.getLong("grant_id"),
                                rs.getObject("moved_at", OffsetDateTime.class).toInstant(),
                                rs.getString("seen_by")))
                .list();
    }
}
