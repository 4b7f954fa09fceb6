package shuqiao.onesource;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What pairs of columns have in common; a pair is gone as soon as one side takes its word back. */
@Repository
class LikenessTable {

    private static final int MAX = 5_000;

    private final JdbcClient db;

    LikenessTable(JdbcClient db) {
        this.db = db;
    }

    /** In both directions. */
    void put(Likeness it) {
        db.sql(
                        """
                        insert into onesource.likeness (resource, column_name, other, other_column, band, compared_at)
                        values (:resource, :column, :other, :otherColumn, :band, :at),
                               (:other, :otherColumn, :resource, :column, :band, :at)
                        """)
                .param("resource", it.resource())
                .param("column", it.column())
                .param("other", it.other())
                .param("otherColumn", it.otherColumn())
                .param("band", it.band().name())
                .param("at", it.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Of these resources, those with most in common first. */
    List<Likeness> of(Collection<Long> resources) {
        if (resources.isEmpty()) return List.of();
        return db.sql(
                        """
                        select * from onesource.likeness where resource in (:resources)
                        order by array_position(array['MOST', 'HALF', 'QUARTER', 'LITTLE'], band), other, other_column
                        limit :max
                        """)
                .param("resources", resources)
                .param("max", MAX)
                .query(LikenessTable::row)
                .list();
    }

    private static Likeness row(ResultSet rs, int number) throws SQLException {
        return new Likeness(
                rs.getLong("resource"),
                rs.getString("column_name"),
                rs.getLong("other"),
                rs.getString("other_column"),
                Likeness.Band.valueOf(rs.getString("band")),
                rs.getObject("compared_at", OffsetDateTime.class).toInstant());
    }
}
