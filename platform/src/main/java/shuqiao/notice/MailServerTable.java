package shuqiao.notice;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.Vault;

@Repository
class MailServerTable {

    private static final String SECRET = "notice.mail_server/password";

    private final JdbcClient db;
    private final Vault vault;

    MailServerTable(JdbcClient db, Vault vault) {
        this.db = db;
        this.vault = vault;
    }

    Optional<MailServer> find() {
        return db.sql("select * from notice.mail_server")
                .query((rs, _) -> {
                    var sealed = rs.getBytes("password");
                    return new MailServer(
                            rs.getBoolean("enabled"),
                            rs.getString("host"),
                            rs.getInt("port"),
                            MailServer.Security.valueOf(rs.getString("security")),
                            rs.getString("username"),
                            sealed == null ? "" : vault.decrypt(sealed, SECRET),
                            rs.getString("sender"),
                            rs.getBoolean("as_before"));
                })
                .optional();
    }

    boolean enabled() {
        return db.sql("select exists (select from notice.mail_server where enabled)")
                .query(Boolean.class)
                .single();
    }

    void write(MailServer it) {
        db.sql(
                        """
                        insert into notice.mail_server (enabled, host, port, security, username, password, sender, as_before)
                        values (:enabled, :host, :port, :security, :username, :password, :sender, :asBefore)
                        on conflict (only_row) do update
                        set enabled = excluded.enabled, host = excluded.host, port = excluded.port,
                            security = excluded.security, username = excluded.username,
                            password = excluded.password, sender = excluded.sender,
                            as_before = excluded.as_before
                        """)
                .param("enabled", it.enabled())
                .param("host", it.host())
                .param("port", it.port())
                .param("security", it.security().name())
                .param("username", it.username())
                .param(
                        "password",
                        it.password().isEmpty() ? null : vault.encrypt(it.password(), SECRET),
                        java.sql.Types.BINARY)
                .param("sender", it.sender())
                .param("asBefore", it.asBefore())
                .update();
    }

    void settle() {
        db.sql("update notice.mail_server set as_before = false").update();
    }
}
