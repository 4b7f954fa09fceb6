package shuqiao;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import shuqiao.engine.embedded.Home;
import shuqiao.engine.embedded.ScratchPostgres;

/**
 * One server per JVM, one database and one home per context. All tables are made once per JVM; each
 * context gets a copy.
 */
public class TestGround implements ApplicationContextInitializer<GenericApplicationContext> {

    /** Made when the first context asks for it. */
    private static final class Migrated {
        private static final ScratchPostgres.Database TEMPLATE =
                ScratchPostgres.shared().newDatabase();

        static {
            Migrations.run(
                    new DriverManagerDataSource(
                            TEMPLATE.jdbcUrl(), TEMPLATE.user(), TEMPLATE.password()));
        }
    }

    @Override
    public void initialize(GenericApplicationContext ground) {
        TestPropertyValues.of("shuqiao.line.silence=3s").applyTo(ground);
        var database = ScratchPostgres.shared().copy(Migrated.TEMPLATE);
        ground.registerBean(
                Persistence.Access.class,
                () ->
                        () ->
                                new PlatformDatabase(
                                        database.jdbcUrl(), database.user(), database.password()));
        // what the first start of a home at work allows: departments' databases are on this machine
        ground.addApplicationListener(
                (org.springframework.context.event.ContextRefreshedEvent ready) ->
                        ready.getApplicationContext()
                                .getBean(shuqiao.outbound.Networks.class)
                                .begin(true));
        try {
            var folder = Files.createTempDirectory("shuqiao-home");
            ground.registerBean(Home.class, () -> Home.open(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
