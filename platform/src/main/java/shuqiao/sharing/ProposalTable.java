package shuqiao.sharing;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

@Repository
class ProposalTable {

    /**
     * An answer in the making.
     *
     * @param ready handed to the reviewer
     */
    record Proposal(DecisionForm form, boolean ready, String by, Instant at) {}

    private final JdbcClient db;

    ProposalTable(JdbcClient db) {
        this.db = db;
    }

    Optional<Proposal> find(long request) {
        return db.sql(
                        """
                        select form, ready, by_name, at from sharing.proposal where request = :request
                        """)
                .param("request", request)
                .query((rs, _) ->
                        new Proposal(
                                JsonMapper.shared()
                                        .readValue(rs.getString("form"), DecisionForm.class),
                                rs.getBoolean("ready"),
                                rs.getString("by_name"),
                                rs.getObject("at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    void write(long request, Proposal proposal) {
        db.sql(
                        """
                        insert into sharing.proposal (request, form, ready, by_name, at)
                        values (:request, cast(:form as json), :ready, :by, :at)
                        on conflict (request) do update
                        set form = excluded.form, ready = excluded.ready, by_name = excluded.by_name, at = excluded.at
                        """)
                .param("request", request)
                .param("form", JsonMapper.shared().writeValueAsString(proposal.form()))
                .param("ready", proposal.ready())
                .param("by", proposal.by())
                .param("at", proposal.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    void reopen(long request) {
        db.sql("update sharing.proposal set ready = false where request = :request")
                .param("request", request)
                .update();
    }

    void delete(long request) {
        db.sql("delete from sharing.proposal where request = :request")
                .param("request", request)
                .update();
    }
}
