package shuqiao.catalog;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.FactNames;

/** Names of classes, for sentences of acts. */
@Repository
class ClassNames implements FactNames {

    private final JdbcClient db;

    ClassNames(JdbcClient db) {
        this.db = db;
    }

    @Override
    public String kind() {
        return "classification";
    }

    @Override
    public Map<String, Named> named(Set<String> values, Locale locale) {
        var named = new HashMap<String, Named>();
        db.sql(
                        "select full_code, name, name_en from catalog.class_node where full_code = any (:ids)")
                .param("ids", values.toArray(String[]::new))
                .query(rs -> {
                    named.put(
                            rs.getString(1),
                            new Named(
                                    locale.getLanguage().equals("en") && !rs.getString(3).isEmpty()
                                            ? rs.getString(3)
                                            : rs.getString(2),
                                    null));
                });
        return named;
    }
}
