package shuqiao.onesource;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which columns their departments let be compared; without its row there is no sample. */
@Repository
class AgreementTable {

    private final JdbcClient db;

    AgreementTable(JdbcClient db) {
        this.db = db;
    }

    Set<String> of(long resource) {
        return new HashSet<>(
                db.sql("select column_name from onesource.agreement where resource = :resource")
                        .param("resource", resource)
                        .query(String.class)
                        .list());
    }

    /** The same, and none is taken back until the caller's transaction ends. */
    Set<String> hold(long resource) {
        return new HashSet<>(
                db.sql(
                                """
                                select column_name from onesource.agreement where resource = :resource
                                order by column_name for key share
                                """)
                        .param("resource", resource)
                        .query(String.class)
                        .list());
    }

    void put(long resource, String column, String by, Instant at) {
        db.sql(
                        """
                        insert into onesource.agreement (resource, column_name, agreed_by, agreed_at)
                        values (:resource, :column, :by, :at) on conflict do nothing
                        """)
                .param("resource", resource)
                .param("column", column)
                .param("by", by)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Takes back all others, and with them what was made and found by them. */
    void keepOnly(long resource, Collection<String> columns) {
        db.sql(
                        """
                        delete from onesource.agreement
                        where resource = :resource and column_name <> all (:columns)
                        """)
                .param("resource", resource)
                .param("columns", columns.toArray(String[]::new))
                .update();
    }
}
