package shuqiao.sharing;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.FactNames;

/** Numbers of requests, for sentences of acts. */
@Repository
class RequestNumbers implements FactNames {

    private final JdbcClient db;

    RequestNumbers(JdbcClient db) {
        this.db = db;
    }

    @Override
    public String kind() {
        return "request";
    }

    @Override
    public Map<String, Named> named(Set<String> values, Locale locale) {
        var named = new HashMap<String, Named>();
        db.sql("select id, number from sharing.request where id = any (:ids)")
                .param("ids", FactNames.ids(values))
                .query(rs -> {
                    named.put(rs.getString(1), new Named(rs.getString(2), null));
                });
        return named;
    }
}
