package shuqiao.calendar;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.standard.YearNotice;

@Repository
class NoticeTable {

    private final JdbcClient db;

    NoticeTable(JdbcClient db) {
        this.db = db;
    }

    int insert(YearNotice notice, String by, Instant now) {
        // two imports of one year at once get two versions
        db.sql("lock table calendar.notice in share row exclusive mode").update();
        return db.sql(
                        """
                        insert into calendar.notice (year, version, source, days, imported_by, imported_at)
                        select :year, coalesce(max(version), 0) + 1, :source, :days, :by, :now
                        from calendar.notice where year = :year
                        returning version
                        """)
                .param("year", notice.year())
                .param("source", notice.source())
                .param("days", lines(notice))
                .param("by", by)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(Integer.class)
                .single();
    }

    /** Grows with each import, so that a cache knows whether it is behind. */
    long newest() {
        return db.sql("select coalesce(max(id), 0) from calendar.notice")
                .query(Long.class)
                .single();
    }

    /** The version in force of each year. */
    List<ImportedNotice> inForce() {
        return db.sql(
                        """
                        select distinct on (year) id, year, version, source, days, imported_at
                        from calendar.notice order by year, version desc limit 300
                        """)
                .query(NoticeTable::row)
                .list();
    }

    private static ImportedNotice row(ResultSet rs, int number) throws SQLException {
        return new ImportedNotice(
                rs.getLong("id"),
                rs.getInt("version"),
                YearNotice.parse(rs.getInt("year"), rs.getString("days"), rs.getString("source")),
                rs.getObject("imported_at", OffsetDateTime.class).toInstant());
    }

    private static String lines(YearNotice notice) {
        var days = new TreeSet<>(notice.off());
        days.addAll(notice.work());
        var lines = new StringBuilder();
        for (var day : days) {
            lines.append(day).append(notice.off().contains(day) ? ",off" : ",work");
            var name = notice.names().get(day);
            if (name != null) lines.append(',').append(name);
            lines.append('\n');
        }
        return lines.toString();
    }
}
