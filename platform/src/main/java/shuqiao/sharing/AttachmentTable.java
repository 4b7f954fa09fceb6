package shuqiao.sharing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class AttachmentTable {

    private static final String SELECT =
            """
            select id, request, name, kind, size, sha256, added_by, added_at, removed_at from sharing.attachment
            """;

    private final JdbcClient db;

    AttachmentTable(JdbcClient db) {
        this.db = db;
    }

    /** The attachment's own id is not read. */
    Attachment insert(Attachment it, byte[] content) {
        long id =
                db.sql(
                                """
                                insert into sharing.attachment (request, name, kind, size, sha256, content, added_by, added_at)
                                values (:request, :name, :kind, :size, :sha256, :content, :by, :at)
                                returning id
                                """)
                        .param("request", it.request())
                        .param("name", it.name())
                        .param("kind", it.kind().name())
                        .param("size", it.size())
                        .param("sha256", it.sha256())
                        .param("content", content)
                        .param("by", it.addedBy())
                        .param("at", it.addedAt().atOffset(ZoneOffset.UTC))
                        .query(Long.class)
                        .single();
        return find(it.request(), id).orElseThrow();
    }

    /** Those that are there, in the order of their coming. */
    List<Attachment> of(long request) {
        return db.sql(SELECT + " where request = :request and removed_at is null order by id")
                .param("request", request)
                .query(AttachmentTable::row)
                .list();
    }

    Optional<Attachment> find(long request, long id) {
        return db.sql(SELECT + " where request = :request and id = :id and removed_at is null")
                .param("request", request)
                .param("id", id)
                .query(AttachmentTable::row)
                .optional();
    }

    byte[] content(long id) {
        return db.sql("select content from sharing.attachment where id = :id")
                .param("id", id)
                .query(byte[].class)
                .single();
    }

    /** Keeps the row with its digest, not the content. */
    void remove(long id, Instant at) {
        db.sql(
                        """
                        update sharing.attachment set content = null, removed_at = :at
                        where id = :id and removed_at is null
                        """)
                .param("id", id)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    private static Attachment row(ResultSet rs, int number) throws SQLException {
        return new Attachment(
                rs.getLong("id"),
                rs.getLong("request"),
                rs.getString("name"),
                FileKind.valueOf(rs.getString("kind")),
                rs.getLong("size"),
                rs.getString("sha256"),
                rs.getString("added_by"),
                rs.getObject("added_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(rs.getObject("removed_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }
}
