package shuqiao.sharing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class ProfileTable {

    private static final String SELECT =
            """
            select id, code, version, name, name_en, verified, clock_start, scope_rule,
                   negotiation, arbitration, bases
            from sharing.profile
            """;

    private final JdbcClient db;

    ProfileTable(JdbcClient db) {
        this.db = db;
    }

    /** The next version of its code. */
    Profile insert(Profile profile, String by, Instant now) {
        // two versions of one code at once get two numbers
        db.sql("lock table sharing.profile in share row exclusive mode").update();
        long id =
                db.sql(
                                """
                                insert into sharing.profile (code, version, name, name_en, verified, clock_start,
                                    scope_rule, negotiation, arbitration, bases, created_by, created_at)
                                select :code, coalesce(max(version), 0) + 1, :name, :nameEn, :verified, :clockStart,
                                    :scopeRule, :negotiation, :arbitration, :bases, :by, :now
                                from sharing.profile where code = :code
                                returning id
                                """)
                        .param("code", profile.code())
                        .param("name", profile.name())
                        .param("nameEn", profile.nameEn())
                        .param("verified", profile.verified())
                        .param("clockStart", profile.clockStart().name())
                        .param("scopeRule", profile.scopeRule().name())
                        .param("negotiation", profile.negotiation())
                        .param("arbitration", profile.arbitration())
                        .param(
                                "bases",
                                profile.bases().stream()
                                        .map(Enum::name)
                                        .collect(Collectors.joining(",")))
                        .param("by", by)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .query(Long.class)
                        .single();
        profile.limits()
                .forEach((what, term) ->
                        db.sql(
                                        """
                                        insert into sharing.profile_limit (profile, what, working_days, times, article)
                                        values (:profile, :what, :days, :times, :article)
                                        """)
                                .param("profile", id)
                                .param("what", what.name())
                                .param("days", term.workingDays().orElse(null))
                                .param("times", term.times().orElse(null))
                                .param("article", term.article())
                                .update());
        return find(id).orElseThrow();
    }

    Optional<Profile> find(long id) {
        return db.sql(SELECT + " where id = :id").param("id", id).query(this::row).optional();
    }

    /** The newest version of a code. */
    Optional<Profile> newest(String code) {
        return db.sql(SELECT + " where code = :code order by version desc limit 1")
                .param("code", code)
                .query(this::row)
                .optional();
    }

    /** All versions, newest first. */
    List<Profile> all() {
        return db.sql(SELECT + " order by id desc limit 1000").query(this::row).list();
    }

    void choose(long profile, String by, Instant now) {
        db.sql(
                        """
                        insert into sharing.profile_choice (profile, chosen_by, chosen_at)
                        values (:profile, :by, :now)
                        """)
                .param("profile", profile)
                .param("by", by)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Profile> chosen() {
        return db.sql(
                        SELECT
                                + """
                                 where id = (select profile from sharing.profile_choice order by id desc limit 1)
                                """)
                .query(this::row)
                .optional();
    }

    private Profile row(ResultSet rs, int number) throws SQLException {
        var id = rs.getLong("id");
        return new Profile(
                id,
                rs.getString("code"),
                rs.getInt("version"),
                rs.getString("name"),
                rs.getString("name_en"),
                rs.getBoolean("verified"),
                Profile.ClockStart.valueOf(rs.getString("clock_start")),
                Profile.ScopeRule.valueOf(rs.getString("scope_rule")),
                rs.getBoolean("negotiation"),
                rs.getBoolean("arbitration"),
                Arrays.stream(rs.getString("bases").split(","))
                        .filter(base -> !base.isEmpty())
                        .map(BasisKind::valueOf)
                        .collect(Collectors.toSet()),
                limits(id));
    }

    private Map<Limit, Profile.Term> limits(long profile) {
        var limits = new EnumMap<Limit, Profile.Term>(Limit.class);
        db.sql(
                        "select what, working_days, times, article from sharing.profile_limit where profile = :id")
                .param("id", profile)
                .query(rs -> {
                    limits.put(
                            Limit.valueOf(rs.getString("what")),
                            new Profile.Term(
                                    Optional.ofNullable(
                                            rs.getObject("working_days", Integer.class)),
                                    Optional.ofNullable(rs.getObject("times", Integer.class)),
                                    rs.getString("article")));
                });
        return limits;
    }
}
