package shuqiao.engine;

import java.util.List;

/**
 * Foreign SQL with the values it needs. COPY takes no parameters, so a value is a setting of the
 * transaction, sent as a parameter, and the text reads it by name: a caller's value never becomes
 * SQL text.
 */
record Sql(String text, List<Setting> settings) {

    Sql {
        settings = List.copyOf(settings);
    }

    record Setting(String name, String value) {}

    /** Makes the values known to the open transaction. */
    void bind(WireConnection session) {
        for (var setting : settings)
            session.query(
                    "select set_config($1, $2, true) is not null", setting.name(), setting.value());
    }
}
