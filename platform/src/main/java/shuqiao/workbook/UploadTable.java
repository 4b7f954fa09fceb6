package shuqiao.workbook;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class UploadTable {

    private final JdbcClient db;

    UploadTable(JdbcClient db) {
        this.db = db;
    }

    void insert(Upload upload, String purpose, String by) {
        db.sql(
                        """
                        insert into workbook.upload (id, purpose, file_name, content, uploaded_by, uploaded_at)
                        values (:id, :purpose, :fileName, :content, :by, :at)
                        """)
                .param("id", upload.id())
                .param("purpose", purpose)
                .param("fileName", upload.fileName())
                .param("content", upload.content())
                .param("by", by)
                .param("at", upload.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Upload> find(String id, String purpose, String by) {
        return db.sql(
                        """
                        select id, file_name, content, uploaded_at from workbook.upload
                        where id = :id and purpose = :purpose and uploaded_by = :by
                        """)
                .param("id", id)
                .param("purpose", purpose)
                .param("by", by)
                .query((rs, _) ->
                        new Upload(
                                rs.getString("id"),
                                rs.getString("file_name"),
                                rs.getBytes("content"),
                                rs.getObject("uploaded_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    void remove(String id) {
        db.sql("delete from workbook.upload where id = :id").param("id", id).update();
    }

    /**
     * Takes away what is old, and of one person's of a purpose all but the newest.
     *
     * @param kept how many newest stay in any case
     * @param safeSince what is younger stays as well
     */
    void tidy(Instant olderThan, String purpose, String by, int kept, Instant safeSince) {
        db.sql(
                        """
                        delete from workbook.upload
                        where uploaded_at < :olderThan
                           or id in (select id from workbook.upload
                                     where uploaded_by = :by and purpose = :purpose
                                     order by uploaded_at desc offset :kept)
                              and uploaded_at < :safeSince
                        """)
                .param("olderThan", olderThan.atOffset(ZoneOffset.UTC))
                .param("purpose", purpose)
                .param("by", by)
                .param("kept", kept)
                .param("safeSince", safeSince.atOffset(ZoneOffset.UTC))
                .update();
    }

    int count(String purpose, String by) {
        return db.sql(
                        """
                        select count(*) from workbook.upload
                        where uploaded_by = :by and purpose = :purpose
                        """)
                .param("purpose", purpose)
                .param("by", by)
                .query(Integer.class)
                .single();
    }
}
