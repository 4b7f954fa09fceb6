package shuqiao.source;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.FactNames;

/** Names of sources, for sentences of acts. */
@Repository
class SourceNames implements FactNames {

    private final JdbcClient db;

    SourceNames(JdbcClient db) {
        this.db = db;
    }

    @Override
    public String kind() {
        return "source";
    }

    @Override
    public Map<String, Named> named(Set<String> values, Locale locale) {
        var named = new HashMap<String, Named>();
        db.sql("select id, name from source.source where id = any (:ids)")
                .param("ids", FactNames.ids(values))
                .query(rs -> {
                    named.put(rs.getString(1), new Named(rs.getString(2), null));
                });
        return named;
    }
}
