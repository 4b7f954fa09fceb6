package shuqiao.catalog;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.Actor;

@Repository
class ReviewTable {

    private static final int LIST_MAX = 200;

    private final JdbcClient db;

    ReviewTable(JdbcClient db) {
        this.db = db;
    }

    void insert(Resource resource, Step step, Actor actor, String opinion) {
        db.sql(
                        """
                        insert into catalog.review (resource, version, step, stage, by_subject, by_name,
                            organization, opinion, at)
                        values (:resource, :version, :step, :stage, :subject, :name,
                            :organization, :opinion, :at)
                        """)
                .param("resource", resource.id())
                .param("version", resource.version())
                .param("step", step.name())
                .param("stage", resource.state().stage().name())
                .param("subject", actor.subject())
                .param("name", actor.name())
                .param("organization", actor.organization())
                .param("opinion", opinion)
                .param("at", resource.state().at().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The newest 200, newest first. */
    List<Review> of(long resource) {
        return db.sql(
                        """
                        select version, step, stage, by_name, opinion, at from catalog.review
                        where resource = :resource order by id desc limit :limit
                        """)
                .param("resource", resource)
                .param("limit", LIST_MAX)
                .query((rs, _) ->
                        new Review(
                                rs.getInt("version"),
                                Step.valueOf(rs.getString("step")),
                                Stage.valueOf(rs.getString("stage")),
                                rs.getString("by_name"),
                                rs.getString("opinion"),
                                rs.getObject("at", OffsetDateTime.class).toInstant()))
                .list();
    }
}
