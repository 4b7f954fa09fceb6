package shuqiao.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.Page;

@Repository
class ProgramTable {

    private final JdbcClient db;

    ProgramTable(JdbcClient db) {
        this.db = db;
    }

    void insert(Program program, String secret, Instant now) {
        db.sql(
                        """
                        insert into identity.program (client_id, name, organization, secret, roles, created_at)
                        values (:clientId, :name, :organization, :secret, :roles, :now)
                        """)
                .param("clientId", program.clientId())
                .param("name", program.name())
                .param("organization", program.organization())
                .param("secret", secret)
                .param("roles", PersonTable.names(program.roles()))
                .param("now", now.atOffset(ZoneOffset.UTC))
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
        return db.sql(
                        """
                        select client_id, name, organization, roles, disabled, sequence
                        from identity.program where client_id = :clientId
                        """)
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

    void setSecret(String clientId, String secret) {
        db.sql("update identity.program set secret = :secret where client_id = :clientId")
                .param("clientId", clientId)
                .param("secret", secret)
                .update();
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
                db.sql(
                                """
                                select client_id, name, organization, roles, disabled, sequence
                                from identity.program where sequence < :after order by sequence desc limit :limit
                                """)
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
                        rs.getBoolean("disabled")),
                rs.getLong("sequence"));
    }
}
