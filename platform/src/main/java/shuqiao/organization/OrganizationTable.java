package shuqiao.organization;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.Page;
import shuqiao.kernel.Where;
import shuqiao.standard.CreditCode;
import shuqiao.standard.DivisionCode;

@Repository
class OrganizationTable implements OrganizationRules.Known {

    private static final int AUTHORITIES_MAX = 200;

    private final JdbcClient db;

    OrganizationTable(JdbcClient db) {
        this.db = db;
    }

    void insert(Organization organization, Instant now) {
        db.sql(
                        """
                        insert into organization.organization
                            (code, name, short_name, name_en, division, level, parent, authority, code_reason, created_at)
                        values (:code, :name, :shortName, :nameEn, :division, :level, :parent, :authority, :codeReason, :now)
                        """)
                .params(parameters(organization))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    void update(Organization organization) {
        db.sql(
                        """
                        update organization.organization
                        set name = :name, short_name = :shortName, name_en = :nameEn, division = :division,
                            level = :level, parent = :parent, authority = :authority, closed = :closed
                        where code = :code
                        """)
                .params(parameters(organization))
                .update();
    }

    /** Another number after each change. */
    long edition() {
        return db.sql("select number from organization.edition").query(Long.class).single();
    }

    @Override
    public Optional<Organization> find(String code) {
        return first(Where.of("code = :code", "code", code));
    }

    @Override
    public Optional<Organization> named(String name) {
        return first(Where.of("name = :name", "name", name));
    }

    @Override
    public boolean authorityOf(String division, String except) {
        return first(
                        Where.of("authority and division = :division", "division", division)
                                .and("code <> :except", "except", except))
                .isPresent();
    }

    List<Organization> authorities() {
        var where = new Where().and("authority and not closed");
        return rows(where, AUTHORITIES_MAX).stream().map(Row::organization).toList();
    }

    List<Organization> all(int limit) {
        return rows(new Where(), limit).stream().map(Row::organization).toList();
    }

    private Optional<Organization> first(Where where) {
        return rows(where, 1).stream().map(Row::organization).findFirst();
    }

    /** In order of entry. */
    private List<Row> rows(Where where, int limit) {
        return db.sql(
                        "select * from organization.organization"
                                + where.sql()
                                + " order by sequence limit :limit")
                .params(where.with("limit", limit).parameters())
                .query(OrganizationTable::row)
                .list();
    }

    /** Newest first. */
    Page<Organization> search(
            String words, Organization.@Nullable Level level, Page.Request request) {
        var where = new Where();
        if (level != null) where.and("level = :level", "level", level.name());
        if (!words.isEmpty())
            where.and(
                    "(strpos(lower(name || ' ' || short_name || ' ' || name_en), lower(:words)) > 0"
                            + " or code = upper(:words))",
                    "words",
                    words);
        var total =
                db.sql("select count(*) from organization.organization" + where.sql())
                        .params(where.parameters())
                        .query(Long.class)
                        .single();
        where.and("sequence < :after", "after", request.after());
        var rows =
                db.sql(
                                "select * from organization.organization"
                                        + where.sql()
                                        + " order by sequence desc limit :limit")
                        .params(where.with("limit", request.limit() + 1).parameters())
                        .query(OrganizationTable::row)
                        .list();
        return request.page(rows, total, Row::sequence).map(Row::organization);
    }

    private record Row(Organization organization, long sequence) {}

    private static Row row(ResultSet rs, int number) throws SQLException {
        var parent = rs.getString("parent");
        return new Row(
                new Organization(
                        CreditCode.certified(rs.getString("code")),
                        rs.getString("name"),
                        rs.getString("short_name"),
                        rs.getString("name_en"),
                        new DivisionCode(rs.getString("division")),
                        Organization.Level.valueOf(rs.getString("level")),
                        parent == null ? null : CreditCode.certified(parent),
                        rs.getBoolean("authority"),
                        rs.getBoolean("closed"),
                        rs.getString("code_reason")),
                rs.getLong("sequence"));
    }

    private static java.util.Map<String, Object> parameters(Organization organization) {
        var parameters = new java.util.HashMap<String, Object>();
        parameters.put("code", organization.code().value());
        parameters.put("name", organization.name());
        parameters.put("shortName", organization.shortName());
        parameters.put("nameEn", organization.nameEn());
        parameters.put("division", organization.division().value());
        parameters.put("level", organization.level().name());
        parameters.put(
                "parent", organization.parent() == null ? null : organization.parent().value());
        parameters.put("authority", organization.authority());
        parameters.put("closed", organization.closed());
        parameters.put("codeReason", organization.codeReason());
        return parameters;
    }
}
