package shuqiao.compilation;

import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class TickTable {

    private final JdbcClient db;

    TickTable(JdbcClient db) {
        this.db = db;
    }

    void add(String subject, Collection<Long> resources) {
        if (resources.isEmpty()) return;
        db.sql(
                        """
                        insert into compilation.tick (subject, resource)
                        select :subject, unnest(:resources::bigint[]) on conflict do nothing
                        """)
                .param("subject", subject)
                .param("resources", resources.toArray(Long[]::new))
                .update();
    }

    void remove(String subject, Collection<Long> resources) {
        if (resources.isEmpty()) return;
        db.sql(
                        """
                        delete from compilation.tick
                        where subject = :subject and resource = any(:resources::bigint[])
                        """)
                .param("subject", subject)
                .param("resources", resources.toArray(Long[]::new))
                .update();
    }

    void clear(String subject) {
        db.sql("delete from compilation.tick where subject = :subject")
                .param("subject", subject)
                .update();
    }

    List<Long> of(String subject) {
        return db.sql(
                        """
                        select resource from compilation.tick where subject = :subject
                        order by resource limit 20000
                        """)
                .param("subject", subject)
                .query((rs, _) -> rs.getLong("resource"))
                .list();
    }
}
