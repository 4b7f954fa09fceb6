package shuqiao.sharing;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class StepTable {

    private final JdbcClient db;

    StepTable(JdbcClient db) {
        this.db = db;
    }

    void insert(long request, Step step) {
        db.sql(
                        """
                        insert into sharing.step (request, move, state, by_name, organization, note, at)
                        values (:request, :move, :state, :by, :organization, :note, :at)
                        """)
                .param("request", request)
                .param("move", step.move().name())
                .param("state", step.state().name())
                .param("by", step.by())
                .param("organization", step.organization().orElse(null))
                .param("note", step.note())
                .param("at", step.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Oldest first; at most 500. */
    List<Step> of(long request) {
        return db.sql(
                        """
                        select move, state, by_name, organization, note, at
                        from sharing.step where request = :request order by id limit 500
                        """)
                .param("request", request)
                .query((rs, _) ->
                        new Step(
                                RequestState.Move.valueOf(rs.getString("move")),
                                RequestState.valueOf(rs.getString("state")),
                                rs.getString("by_name"),
                                Optional.ofNullable(rs.getString("organization")),
                                rs.getString("note"),
                                rs.getObject("at", OffsetDateTime.class).toInstant()))
                .list();
    }
}
