package shuqiao.mapping;

import java.time.Instant;
import shuqiao.engine.Into;
import tools.jackson.databind.json.JsonMapper;

/**
 * How the rows of a grant enter one table of the consumer.
 *
 * @param target connection of the consumer's database
 * @param organization credit code of the consumer
 */
public record Mapping(
        long id, Place place, String organization, Into into, String madeBy, Instant madeAt) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** A table of the consumer, and the grant that feeds it. */
    public record Place(long grant, long target, String schema, String table) {

        /** For people: {@code schema.table}. */
        public String label() {
            return schema + "." + table;
        }
    }

    /** The stored form, the same in a mapping and in a run that used it. */
    public static String written(Into into) {
        return JSON.writeValueAsString(into);
    }

    public static Into read(String text) {
        return JSON.readValue(text, Into.class);
    }
}
