package shuqiao.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class SubstitutionTable {

    private static final String SELECT =
            """
            select s.id, s.absent, a.name as absent_name, s.substitute, p.name as substitute_name, a.organization,
                   s.from_day, s.until_day, s.reason, s.ended_at
            from identity.substitution s
            join identity.person a on a.username = s.absent
            join identity.person p on p.username = s.substitute
            """;

    private final JdbcClient db;

    SubstitutionTable(JdbcClient db) {
        this.db = db;
    }

    long insert(
            String absent,
            String substitute,
            LocalDate from,
            LocalDate until,
            String reason,
            String by,
            Instant at) {
        return db.sql(
                        """
                        insert into identity.substitution
                            (absent, substitute, from_day, until_day, reason, named_by, named_at)
                        values (:absent, :substitute, :from, :until, :reason, :by, :at)
                        returning id
                        """)
                .param("absent", absent)
                .param("substitute", substitute)
                .param("from", from)
                .param("until", until)
                .param("reason", reason)
                .param("by", by)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }

    boolean end(long id, String by, Instant at) {
        return db.sql(
                                """
                                update identity.substitution set ended_by = :by, ended_at = :at
                                where id = :id and ended_at is null
                                """)
                        .param("id", id)
                        .param("by", by)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    Optional<Substitution> find(long id) {
        return db.sql(SELECT + " where s.id = :id")
                .param("id", id)
                .query(SubstitutionTable::row)
                .optional();
    }

    /** Newest first, of one organization or of all; at most 500. */
    List<Substitution> all(@Nullable String organization) {
        return db.sql(
                        SELECT
                                + """
                                 where :organization::text is null or a.organization = :organization
                                order by s.id desc limit 500
                                """)
                .param("organization", organization)
                .query(SubstitutionTable::row)
                .list();
    }

    /**
     * One that has force for this substitute on a day: both still belong to one department, and the
     * absent one still is its reviewer.
     */
    Optional<Substitution> inForce(String substitute, LocalDate day) {
        return db.sql(
                        SELECT
                                + """
                                 where s.substitute = :substitute and s.ended_at is null
                                  and :day between s.from_day and s.until_day
                                  and a.organization = p.organization and not a.disabled
                                  and 'REVIEWER' = any (a.roles)
                                order by s.id limit 1
                                """)
                .param("substitute", substitute)
                .param("day", day)
                .query(SubstitutionTable::row)
                .optional();
    }

    /** One of either person that meets this period; two who name at once wait for each other. */
    Optional<Substitution> meeting(
            String absent, String substitute, LocalDate from, LocalDate until) {
        db.sql(
                        "select username from identity.person where username in (:both) order by username for update")
                .param("both", List.of(absent, substitute))
                .query(String.class)
                .list();
        return db.sql(
                        SELECT
                                + """
                                 where s.ended_at is null and s.from_day <= :until and s.until_day >= :from
                                  and (s.absent in (:both) or s.substitute in (:both))
                                order by s.id limit 1
                                """)
                .param("both", List.of(absent, substitute))
                .param("from", from)
                .param("until", until)
                .query(SubstitutionTable::row)
                .optional();
    }

    private static Substitution row(ResultSet rs, int number) throws SQLException {
        return new Substitution(
                rs.getLong("id"),
                rs.getString("absent"),
                rs.getString("absent_name"),
                rs.getString("substitute"),
                rs.getString("substitute_name"),
                rs.getString("organization"),
                rs.getObject("from_day", LocalDate.class),
                rs.getObject("until_day", LocalDate.class),
                rs.getString("reason"),
                Optional.ofNullable(rs.getObject("ended_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }
}
