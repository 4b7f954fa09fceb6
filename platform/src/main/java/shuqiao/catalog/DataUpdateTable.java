package shuqiao.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.Page;

@Repository
class DataUpdateTable {

    private final JdbcClient db;

    DataUpdateTable(JdbcClient db) {
        this.db = db;
    }

    DataUpdate insert(long resource, LocalDate asOf, String note, String by, Instant at) {
        return db.sql(
                        """
                        insert into catalog.data_update (resource, as_of, note, said_by, said_at)
                        values (:resource, :asOf, :note, :by, :at) returning *
                        """)
                .param("resource", resource)
                .param("asOf", asOf)
                .param("note", note)
                .param("by", by)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query(DataUpdateTable::read)
                .single();
    }

    Optional<DataUpdate> latest(long resource) {
        return db.sql(
                        "select * from catalog.data_update where resource = :resource order by id desc limit 1")
                .param("resource", resource)
                .query(DataUpdateTable::read)
                .optional();
    }

    Page<DataUpdate> list(long resource, Page.Request page) {
        var total =
                db.sql("select count(*) from catalog.data_update where resource = :resource")
                        .param("resource", resource)
                        .query(Long.class)
                        .single();
        var rows =
                db.sql(
                                """
                                select * from catalog.data_update where resource = :resource and id < :after
                                order by id desc limit :limit
                                """)
                        .param("resource", resource)
                        .param("after", page.after())
                        .param("limit", page.limit() + 1)
                        .query(DataUpdateTable::read)
                        .list();
        return page.page(rows, total, DataUpdate::id);
    }

    private static DataUpdate read(ResultSet rs, int number) throws SQLException {
        return new DataUpdate(
                rs.getLong("id"),
                rs.getObject("as_of", LocalDate.class),
                rs.getString("note"),
                rs.getString("said_by"),
                rs.getObject("said_at", OffsetDateTime.class).toInstant());
    }
}
