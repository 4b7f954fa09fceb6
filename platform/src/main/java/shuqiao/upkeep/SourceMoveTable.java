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
                        insert into upkeep.source_move (grant_id, moved_at, seen_by, is_target)
                        values (:grant, :at, :by, :target) on conflict do nothing
                        """)
                .param("grant", it.grant())
                .param("at", it.at().atOffset(ZoneOffset.UTC))
                .param("by", it.seenBy())
                .param("target", it.isTarget())
                .update();
    }

    /** The last one of each of these grants, on either side. */
    List<SourceMoves.Move> newest(Collection<Long> grants) {
        if (grants.isEmpty()) return List.of();
        return db.sql(
                        """
                        select distinct on (grant_id, is_target) grant_id, moved_at, seen_by, is_target
                        from upkeep.source_move
                        where grant_id in (:grants) order by grant_id, is_target, moved_at desc
                        """)
                .param("grants", grants)
                .query((rs, _) ->
                        new SourceMoves.Move(
                                rs.getLong("grant_id"),
                                rs.getObject("moved_at", OffsetDateTime.class).toInstant(),
                                rs.getString("seen_by"),
                                rs.getBoolean("is_target")))
                .list();
    }
}
