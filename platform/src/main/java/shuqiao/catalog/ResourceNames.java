package shuqiao.catalog;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.FactNames;

/** Names of resources, for sentences of acts; what is published has a page for everybody. */
@Repository
class ResourceNames implements FactNames {

    private final JdbcClient db;

    ResourceNames(JdbcClient db) {
        this.db = db;
    }

    @Override
    public String kind() {
        return "resource";
    }

    @Override
    public Map<String, Named> named(Set<String> values, Locale locale) {
        var named = new HashMap<String, Named>();
        db.sql("select id, name, stage from catalog.resource where id = any (:ids)")
                .param("ids", FactNames.ids(values))
                .query(rs -> {
                    named.put(
                            rs.getString(1),
                            new Named(
                                    rs.getString(2),
                                    "PUBLISHED".equals(rs.getString(3))
                                            ? "/resources/" + rs.getString(1)
                                            : null));
                });
        return named;
    }
}
