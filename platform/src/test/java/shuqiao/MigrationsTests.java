package shuqiao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import shuqiao.engine.embedded.ScratchPostgres;

/** Of two releases on one database the older one does not start. */
class MigrationsTests {

    @Test
    void a_database_that_a_newer_release_has_changed_is_refused_and_left_alone() {
        var database = ScratchPostgres.shared().newDatabase();
        var source = new PGSimpleDataSource();
        source.setUrl(database.jdbcUrl());
        source.setUser(database.user());
        source.setPassword(database.password());
        Migrations.run(source);
        var db = JdbcClient.create(source);
        db.sql(
                        """
                        insert into sharing.schema_history
                            (installed_rank, version, description, type, script, installed_by, execution_time, success)
                        values (1000, '999', 'later', 'SQL', 'V999__later.sql', 'them', 1, true)
                        """)
                .update();
        db.sql("update kernel.migrated set fingerprint = 'of a newer release'").update();

        assertThatThrownBy(() -> Migrations.run(source))
                .isInstanceOf(DatabaseTooNew.class)
                .hasMessageContaining("sharing");

        assertThat(db.sql("select fingerprint from kernel.migrated").query(String.class).single())
                .isEqualTo("of a newer release");
    }
}
