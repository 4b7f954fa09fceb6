package shuqiao.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;

@Repository
class ProgramTable {

    private static final String SELECT =
            """
            select p.client_id, p.name, p.organization, p.roles, p.disabled, p.owner, p.owner_known, p.secret_waits, p.sequence,
                array(select q.client_id from identity.program q
                      where q.owner = coalesce(p.owner, p.client_id) and q.client_id <> p.client_id) as siblings
            from identity.program p
            """;

    private final JdbcClient db;

    ProgramTable(JdbcClient db) {
        this.db = db;
    }

    void insert(Program program, String secret, Instant now) {
        db.sql(
                        """
                        insert into identity.program
                            (client_id, name, organization, secret, roles, created_at, owner, owner_known, secret_waits)
                        values (:clientId, :name, :organization, :secret, :roles, :now, :owner, true, :waits)
                        """)
                .param("clientId", program.clientId())
                .param("name", program.name())
                .param("organization", program.organization())
                .param("secret", secret)
                .param("roles", PersonTable.names(program.roles()))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("owner", program.owner())
                .param("waits", program.secretWaits())
                .update();
    }

    void update(Program program) {
        db.sql(
                        """
                        update identity.program
                        set name = :name, roles = :roles, disabled = :disabled
                        where client_id = :clientId
                        """)
                .param("clientId", program.clientId())
                .param("name", program.name())
                .param("roles", PersonTable.names(program.roles()))
                .param("disabled", program.disabled())
                .update();
    }

    Optional<Program> find(String clientId) {
        return db.sql(SELECT + " where p.client_id = :clientId")
                .param("clientId", clientId)
                .query(ProgramTable::row)
                .optional()
                .map(Row::program);
    }

    Optional<String> secret(String clientId) {
        return db.sql("select secret from identity.program where client_id = :clientId")
                .param("clientId", clientId)
                .query(String.class)
                .optional();
    }

    void setSecret(String clientId, String secret, @Nullable String owner, boolean waits) {
        db.sql(
                        """
                        update identity.program
                        set secret = :secret, owner = :owner, owner_known = true, secret_waits = :waits
                        where client_id = :clientId
                        """)
                .param("clientId", clientId)
                .param("secret", secret)
                .param("owner", owner)
                .param("waits", waits)
                .update();
    }

    /** Of two who collect at once one does. */
    boolean collect(String clientId, String secret, String owner) {
        return db.sql(
                                """
                                update identity.program
                                set secret = :secret, owner = :owner, owner_known = true, secret_waits = false
                                where client_id = :clientId and secret_waits
                                """)
                        .param("clientId", clientId)
                        .param("secret", secret)
                        .param("owner", owner)
                        .update()
                == 1;
    }

    /** Of one organization, or with a role of administrators; at most 200, the newest first. */
    List<Program> of(@Nullable String organization, Set<Role> administrators) {
        return db
                .sql(
                        SELECT
                                + " where p.organization = :organization or p.roles && :roles::text[]"
                                + " order by p.sequence desc limit 200")
                .param("organization", organization)
                .param("roles", PersonTable.names(administrators))
                .query(ProgramTable::row)
                .list()
                .stream()
                .map(Row::program)
                .toList();
    }

    Set<String> ownedBy(String owner) {
        return Set.copyOf(
                db.sql("select client_id from identity.program where owner = :owner")
                        .param("owner", owner)
                        .query(String.class)
                        .list());
    }

    /** Never over a secret that was given meanwhile: those are not hashed slowly. */
    void upgradeSecret(String clientId, String secret) {
        db.sql(
                        """
                        update identity.program set secret = :secret
                        where client_id = :clientId and secret like '{argon2}%'
                        """)
                .param("clientId", clientId)
                .param("secret", secret)
                .update();
    }

    Page<Program> list(Page.Request request) {
        long total = db.sql("select count(*) from identity.program").query(Long.class).single();
        var rows =
                db.sql(SELECT + " where p.sequence < :after order by p.sequence desc limit :limit")
                        .param("after", request.after())
                        .param("limit", request.limit() + 1)
                        .query(ProgramTable::row)
                        .list();
        return request.page(rows, total, Row::sequence).map(Row::program);
    }

    private record Row(Program program, long sequence) {}

    private static Row row(ResultSet rs, int number) throws SQLException {
        return new Row(
                new Program(
                        rs.getString("client_id"),
                        rs.getString("name"),
                        rs.getString("organization"),
                        PersonTable.roles(rs),
                        rs.getBoolean("disabled"),
                        rs.getString("owner"),
                        rs.getBoolean("owner_known"),
                        rs.getBoolean("secret_waits"),
                        Set.of((String[]) rs.getArray("siblings").getArray())),
                rs.getLong("sequence"));
    }
}
