package shuqiao.engine;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A column of a live table.
 *
 * @param position counted from 1 as the catalogue does, with gaps where columns were dropped
 * @param type as PostgreSQL writes it, with length or precision; schema-qualified unless built in
 * @param base name of the built-in type at heart, {@code int4} for a domain over integer; the own
 *     name for others
 * @param carried the type it has in a target; empty when it cannot be carried exactly
 * @param lengthMax characters that fit, for {@code varchar(n)} and {@code char(n)}
 * @param identity filled by an identity sequence
 * @param generated computed by the server
 * @param filledByItself has a default, which is an expression where it is generated
 * @param withoutPatterns its collation holds different texts for equal and the server, older than
 *     18, matches no pattern in it
 * @param readable whether our user may select it
 */
public record Column(
        String name,
        int position,
        String type,
        TypeKind kind,
        String base,
        Optional<String> carried,
        OptionalInt lengthMax,
        boolean nullable,
        Optional<String> comment,
        boolean identity,
        boolean generated,
        boolean filledByItself,
        boolean withoutPatterns,
        boolean readable) {

    public Column {
        if (!carried.map(TypeText::isBuiltIn).orElse(true))
            throw new EngineFailure(
                    Reason.TYPE_NOT_CARRIED, Map.of("field", name, "type", carried.orElse("")));
    }

    /** True when its values only stand for content that lies elsewhere in the database. */
    public boolean isLargeObject() {
        return carried.isEmpty() && LargeObjects.areNumbers(base);
    }

    /** Why it cannot go over. */
    EngineFailure refused(String table) {
        if (isLargeObject()) return LargeObjects.refused(table, name);
        return new EngineFailure(Reason.TYPE_NOT_CARRIED, Map.of("field", name, "type", type));
    }

    Column notCarried() {
        return new Column(
                name,
                position,
                type,
                kind,
                base,
                Optional.empty(),
                lengthMax,
                nullable,
                comment,
                identity,
                generated,
                filledByItself,
                withoutPatterns,
                readable);
    }

    /** True when the value itself goes over, not its text form. */
    boolean carriedAsItself() {
        return carried.filter(type::equals).isPresent();
    }
}
