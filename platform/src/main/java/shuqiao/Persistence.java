package shuqiao;

import com.zaxxer.hikari.HikariDataSource;
import java.util.function.Supplier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import shuqiao.kernel.Lifeline;

/** The pool to the platform's own database; who gets it finds all tables migrated. */
@Configuration(proxyBeanMethods = false)
class Persistence {

    private static final int CONNECTIONS_MAX = 24;
    private static final int LIFELINE_MAX = 8;

    /** Given by {@link Startup} while the database still starts; by properties in tests. */
    interface Access extends Supplier<PlatformDatabase> {}

    @Bean
    @ConditionalOnMissingBean(Access.class)
    Access databaseFromProperties(Environment environment) {
        return () ->
                new PlatformDatabase(
                        environment.getRequiredProperty("shuqiao.database.url"),
                        environment.getRequiredProperty("shuqiao.database.user"),
                        environment.getRequiredProperty("shuqiao.database.password"));
    }

    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(Access access) {
        var database = access.get();
        var pool = new HikariDataSource();
        pool.setPoolName("platform");
        pool.setJdbcUrl(database.url());
        pool.setUsername(database.user());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(CONNECTIONS_MAX);
        pool.setMinimumIdle(2);
        pool.setConnectionTimeout(10_000);
        pool.addDataSourceProperty("ApplicationName", "shuqiao");
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        try {
            Migrations.run(pool);
        } catch (RuntimeException failed) {
            pool.close();
            throw failed;
        }
        return pool;
    }

    /** After the tables are there; closed after all that beats. */
    @Bean(destroyMethod = "close")
    Lifeline lifeline(Access access, HikariDataSource migrated) {
        var database = access.get();
        var pool = new HikariDataSource();
        pool.setPoolName("lifeline");
        pool.setJdbcUrl(database.url());
        pool.setUsername(database.user());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(LIFELINE_MAX);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(2_000);
        pool.addDataSourceProperty("ApplicationName", "shuqiao lifeline");
        return new Lifeline(pool);
    }
}
