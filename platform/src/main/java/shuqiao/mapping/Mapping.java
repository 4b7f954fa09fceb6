package shuqiao.mapping;

import java.time.Instant;
import shuqiao.engine.Into;

/**
 * How the rows of a grant enter one table of the consumer.
 *
 * @param target connection of the consumer's database
 * @param organization credit code of the consumer
 */
public record Mapping(
        long id, Place place, String organization, Into into, String madeBy, Instant madeAt) {

    /** A table of the consumer, and the grant that feeds it. */
    public record Place(long grant, long target, String schema, String table) {

        /** For people: {@code schema.table}. */
        public String label() {
            return schema + "." + table;
        }
    }
}
