package shuqiao.sharing;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Document numbers without gaps: a number is given when its document is stored, or not at all. */
@Repository
class NumberTable {

    /** Kind of document, by the letters it begins with: 申请 and 授权 (使用). */
    enum Kind {
        SQ,
        SY
    }

    private final JdbcClient db;

    NumberTable(JdbcClient db) {
        this.db = db;
    }

    /** {@code SQ-2026-00001}. */
    String next(Kind kind, int year) {
        long last =
                db.sql(
                                """
                                insert into sharing.document_number as n (kind, year, last)
                                values (:kind, :year, 1)
                                on conflict (kind, year) do update set last = n.last + 1
                                returning last
                                """)
                        .param("kind", kind.name())
                        .param("year", year)
                        .query(Long.class)
                        .single();
        return "%s-%d-%05d".formatted(kind, year, last);
    }
}
