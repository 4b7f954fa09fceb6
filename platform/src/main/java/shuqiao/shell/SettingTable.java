package shuqiao.shell;

import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The settings of the city; their table belongs to the ground. */
@Repository
class SettingTable {

    private final JdbcClient db;

    SettingTable(JdbcClient db) {
        this.db = db;
    }

    Map<String, String> all() {
        var settings = new HashMap<String, String>();
        db.sql("select name, value from kernel.setting")
                .query(row -> {
                    settings.put(row.getString("name"), row.getString("value"));
                });
        return settings;
    }

    void put(String name, String value) {
        db.sql(
                        """
                        insert into kernel.setting (name, value) values (:name, :value)
                        on conflict (name) do update set value = excluded.value
                        """)
                .param("name", name)
                .param("value", value)
                .update();
    }
}
