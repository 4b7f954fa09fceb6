package shuqiao.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.Where;

@Repository
class PersonTable {

    private static final String COLUMNS =
            "username, name, organization, roles, disabled, must_change, sequence,"
                    + " array(select q.client_id from identity.program q where q.owner = username) as programs";

    private final JdbcClient db;

    PersonTable(JdbcClient db) {
        this.db = db;
    }

    void insert(Person person, String password, Instant now) {
        db.sql(
                        """
                        insert into identity.person
                            (username, name, organization, password, roles, must_change, created_at)
                        values (:username, :name, :organization, :password, :roles, :mustChange, :now)
                        """)
                .param("username", person.username())
                .param("name", person.name())
                .param("organization", person.organization())
                .param("password", password)
                .param("roles", names(person.roles()))
                .param("mustChange", person.mustChange())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    void update(Person person) {
        db.sql(
                        """
                        update identity.person
                        set name = :name, organization = :organization, roles = :roles, disabled = :disabled
                        where username = :username
                        """)
                .param("username", person.username())
                .param("name", person.name())
                .param("organization", person.organization())
                .param("roles", names(person.roles()))
                .param("disabled", person.disabled())
                .update();
    }

    Optional<Person> find(String username) {
        return db.sql("select " + COLUMNS + " from identity.person where username = :username")
                .param("username", username)
                .query(PersonTable::row)
                .optional()
                .map(Row::person);
    }

    Optional<String> password(String username) {
        return db.sql("select password from identity.person where username = :username")
                .param("username", username)
                .query(String.class)
                .optional();
    }

    void setPassword(String username, String password, boolean mustChange) {
        db.sql(
                        """
                        update identity.person set password = :password, must_change = :mustChange
                        where username = :username
                        """)
                .param("username", username)
                .param("password", password)
                .param("mustChange", mustChange)
                .update();
    }

    /** Sets the person's own password where the one before is still that which was compared. */
    boolean replacePassword(String username, String before, String password) {
        return db.sql(
                                """
                                update identity.person set password = :password, must_change = false
                                where username = :username and password = :before
                                """)
                        .param("username", username)
                        .param("before", before)
                        .param("password", password)
                        .update()
                == 1;
    }

    /** How many others with this role may log in; they stay so until the transaction ends. */
    int others(Role role, String username) {
        return (int)
                db
                        .sql(
                                """
                                select username from identity.person
                                where :role = any (roles) and not disabled for update
                                """)
                        .param("role", role.name())
                        .query(String.class)
                        .list()
                        .stream()
                        .filter(one -> !one.equals(username))
                        .count();
    }

    long count() {
        return db.sql("select count(*) from identity.person").query(Long.class).single();
    }

    /** Whether somebody is there who does the work that the administrators prepare. */
    boolean anyBeyondAdministrators() {
        return db.sql(
                        """
                        select exists (select from identity.person
                                       where not roles <@ array['SYSTEM_ADMIN', 'SECURITY_ADMIN', 'AUDIT_ADMIN'])
                        """)
                .query(Boolean.class)
                .single();
    }

    boolean anyMustChange(Set<Role> roles) {
        return db.sql(
                        "select exists (select from identity.person where must_change and roles && :roles::text[])")
                .param("roles", names(roles))
                .query(Boolean.class)
                .single();
    }

    /**
     * User names of those who hold one of the roles on a day, by their own right or as a substitute
     * of a reviewer; of one organization or of all.
     */
    List<String> holders(@Nullable String organization, Set<Role> roles, LocalDate day) {
        return db.sql(
                        """
                        select username from identity.person
                        where not disabled and roles && :roles::text[]
                          and (:organization::text is null or organization = :organization)
                        union
                        select s.substitute
                        from identity.substitution s
                        join identity.person a on a.username = s.absent
                        join identity.person p on p.username = s.substitute
                        where 'REVIEWER' = any (:roles::text[]) and s.ended_at is null
                          and :day between s.from_day and s.until_day
                          and a.organization = p.organization and not a.disabled and not p.disabled
                          and 'REVIEWER' = any (a.roles)
                          and (:organization::text is null or a.organization = :organization)
                        order by 1
                        """)
                .param("organization", organization)
                .param("roles", names(roles))
                .param("day", day)
                .query((rs, _) -> rs.getString("username"))
                .list();
    }

    /** How many hold each role; somebody with two is counted with both. */
    Map<Role, Long> holders() {
        var holders = new EnumMap<Role, Long>(Role.class);
        db.sql("select unnest(roles) as role, count(*) as n from identity.person group by 1")
                .query(rs -> {
                    holders.put(Role.valueOf(rs.getString("role")), rs.getLong("n"));
                });
        return holders;
    }

    Page<Person> search(
            String words,
            @Nullable String organization,
            @Nullable Role role,
            Page.Request request) {
        var where = new Where();
        if (!words.isEmpty())
            where.and("strpos(lower(username || ' ' || name), lower(:words)) > 0", "words", words);
        if (organization != null)
            where.and("organization = :organization", "organization", organization);
        if (role != null) where.and(":role = any (roles)", "role", role.name());
        long total =
                db.sql("select count(*) from identity.person" + where.sql())
                        .params(where.parameters())
                        .query(Long.class)
                        .single();
        where.and("sequence < :after", "after", request.after());
        var rows =
                db.sql(
                                "select "
                                        + COLUMNS
                                        + " from identity.person"
                                        + where.sql()
                                        + " order by sequence desc limit :limit")
                        .params(where.parameters())
                        .param("limit", request.limit() + 1)
                        .query(PersonTable::row)
                        .list();
        return request.page(rows, total, Row::sequence).map(Row::person);
    }

    private record Row(Person person, long sequence) {}

    private static Row row(ResultSet rs, int number) throws SQLException {
        return new Row(
                new Person(
                        rs.getString("username"),
                        rs.getString("name"),
                        rs.getString("organization"),
                        roles(rs),
                        rs.getBoolean("disabled"),
                        rs.getBoolean("must_change"),
                        Set.of((String[]) rs.getArray("programs").getArray())),
                rs.getLong("sequence"));
    }

    static Set<Role> roles(ResultSet rs) throws SQLException {
        return Arrays.stream((String[]) rs.getArray("roles").getArray())
                .map(Role::valueOf)
                .collect(Collectors.toUnmodifiableSet());
    }

    static String[] names(Set<Role> roles) {
        return roles.stream().sorted().map(Role::name).toArray(String[]::new);
    }
}
