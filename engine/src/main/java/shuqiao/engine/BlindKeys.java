package shuqiao.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Unique keys of a target whose collation holds different texts for equal, as 京A and 京a: rows that
 * the source tells apart are one row there. The server would say so of the first pair, as of a row
 * that stands twice, or one of both would correct the other.
 */
final class BlindKeys {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<List<List<String>>> PARTS = new TypeReference<>() {};

    /** Column, schema and name of a collation that is not deterministic, if it has one. */
    private static final String KEYS =
            """
            select to_json(array(
              select array[a.attname::text, coalesce(n.nspname, ''), coalesce(l.collname, '')]
              from unnest(x.indcollation) with ordinality c(id, place)
              join unnest(x.indkey) with ordinality k(num, place) on k.place = c.place
              join pg_attribute a on a.attrelid = x.indrelid and a.attnum = k.num
              left join pg_collation l on l.oid = c.id and not l.collisdeterministic left join pg_namespace n on n.oid = l.collnamespace
              order by c.place))
            from pg_index x
            where x.indrelid = $1::oid and x.indisunique and x.indexprs is null and x.indpred is null
              and exists (select from unnest(x.indcollation) c(id) join pg_collation l on l.oid = c.id where not l.collisdeterministic)
            order by x.indexrelid
            """;

    private BlindKeys() {}

    /**
     * @param staged the expression over the staging table {@code s} that fills a column, by its
     *     name
     * @throws EngineFailure target-key-collation
     */
    static void requireToldApart(
            WireConnection target, Standing standing, Staging staging, Map<String, String> staged) {
        for (var row : target.query(KEYS, standing.oid())) {
            var names = new ArrayList<String>();
            var values = new ArrayList<String>();
            var collations = new LinkedHashSet<String>();
            for (var part : JSON.readValue(row.text(0), PARTS)) {
                names.add(part.get(0));
                var value = staged.get(part.get(0));
                if (value == null) break;
                if (part.get(2).isEmpty()) {
                    values.add(value);
                } else {
                    values.add(
                            value + " collate " + PostgresDialect.quoted(part.get(1), part.get(2)));
                    collations.add(part.get(2));
                }
            }
            if (names.size() != values.size()) continue; // filled by others than us
            requireToldApart(target, standing, staging, names, values, collations);
        }
    }

    private static void requireToldApart(
            WireConnection target,
            Standing standing,
            Staging staging,
            List<String> names,
            List<String> values,
            LinkedHashSet<String> collations) {
        var alike =
                FinalCheck.count(
                        target,
                        "(select from %s s where %s group by %s having count(*) > 1) w"
                                .formatted(
                                        staging.quoted(),
                                        values.stream()
                                                .map(value -> value + " is not null")
                                                .collect(Collectors.joining(" and ")),
                                        String.join(", ", values)));
        if (alike == 0) return;
        throw new EngineFailure(
                Reason.TARGET_KEY_COLLATION,
                Map.of(
                        "table", standing.label(),
                        "key", String.join(", ", names),
                        "collation", String.join(", ", collations),
                        "rows", String.valueOf(alike)));
    }
}
