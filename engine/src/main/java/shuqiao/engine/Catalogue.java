package shuqiao.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import shuqiao.engine.PostgresDialect.TypeFacts;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Catalogue queries in an open session. */
final class Catalogue {

    /** For one question, waiting for locks apart. */
    private static final Duration QUESTION = Duration.ofSeconds(60);

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<List<String>> NAMES = new TypeReference<>() {};

    /**
     * Functions of the server look at what is there now, the query at what its snapshot knows. So
     * of a table or column that somebody drops in between they say nothing (null): what is dropped
     * is then no column any more, or is found missing where it is read.
     */
    private static final String RELATION =
            """
            select n.nspname, c.relname, c.relkind, left(obj_description(c.oid, 'pg_class'), %1$d),
              case when c.relkind = 'p'
                then (select sum(greatest(l.reltuples, 0))::bigint from pg_partition_tree(c.oid) p join pg_class l on l.oid = p.relid and p.isleaf)
                else c.reltuples::bigint end,
              case when c.relkind = 'p'
                then (select coalesce(sum(pg_total_relation_size(p.relid)), 0) from pg_partition_tree(c.oid) p where p.isleaf)
                when c.relkind in ('r', 'm') then coalesce(pg_total_relation_size(c.oid), 0) else 0 end,
              coalesce(has_schema_privilege(n.oid, 'usage') and has_any_column_privilege(c.oid, 'select'), true), c.oid
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm', 'f')
            """
                    .formatted(Shown.COMMENT_MAX + 1);

    /** Whose name or comment has the words in it, in whatever letters. */
    private static final String NAMED =
            """
            from pg_class p join pg_namespace q on q.oid = p.relnamespace
            where q.nspname = $1 and p.relkind in ('r', 'p', 'v', 'm', 'f')
              and ($2 = '' or position(lower($2) in lower(p.relname)) > 0
                or position(lower($2) in lower(coalesce(obj_description(p.oid, 'pg_class'), ''))) > 0)
            """;

    private static final String COLUMNS =
            """
            with recursive base(of, oid, type, next, modifier) as (
              select a.attnum, t.oid, t.typtype, t.typbasetype, a.atttypmod
              from pg_attribute a join pg_type t on t.oid = a.atttypid where a.attrelid = $1::oid and a.attnum > 0 and not a.attisdropped
              union all
              select b.of, t.oid, t.typtype, t.typbasetype, d.typtypmod
              from base b join pg_type d on d.oid = b.oid join pg_type t on t.oid = b.next where b.type = 'd'),
            family(oid) as (select $1::oid union select i.inhrelid from family f join pg_inherits i on i.inhparent = f.oid)
            select a.attname, a.attnum, format_type(a.atttypid, a.atttypmod),
              a.attnotnull and ($2 = 'target' or not exists (
                select from family f join pg_class c on c.oid = f.oid
                join pg_attribute m on m.attrelid = f.oid and m.attname = a.attname and not m.attisdropped
                where c.relkind = 'f' or not m.attnotnull
                  or exists (select from pg_constraint k where k.conrelid = f.oid and k.contype = 'n' and not k.convalidated and m.attnum = any(k.conkey)))), left(col_description(a.attrelid, a.attnum), %1$d),
              a.attidentity <> '', a.attgenerated <> '', a.atthasdef, b.modifier,
              bt.typtype, bn.nspname, bt.typname, bt.typcategory,
              et.typtype, en.nspname, et.typname, et.typcategory, b.oid = a.atttypid,
              current_setting('server_version_num')::int < 180000 and exists (select from pg_collation l where l.oid = a.attcollation and not l.collisdeterministic),
              has_column_privilege(a.attrelid, a.attnum, 'select')
            from pg_attribute a
            join base b on b.of = a.attnum and b.type <> 'd'
            join pg_type bt on bt.oid = b.oid join pg_namespace bn on bn.oid = bt.typnamespace
            left join pg_type et on et.oid = bt.typelem and bt.typlen = -1 and bt.typcategory = 'A'
            left join pg_namespace en on en.oid = et.typnamespace
            where a.attrelid = $1::oid and a.attnum > 0 and not a.attisdropped
              and has_column_privilege(a.attrelid, a.attnum, 'select') is not null
            order by a.attnum
            """
                    .formatted(Shown.COMMENT_MAX + 1);

    /** How many columns of each type there are in each of some tables, and how many we may read. */
    private static final String TYPES =
            """
            with recursive types(rel, type, modifier, all_of, readable) as (
              select a.attrelid, a.atttypid, a.atttypmod, count(*), count(*) filter (where has_column_privilege(a.attrelid, a.attnum, 'select'))
              from pg_attribute a where a.attrelid = any($1::oid[]) and a.attnum > 0 and not a.attisdropped group by 1, 2, 3),
            base(of, modified, oid, type, next, modifier) as (
              select t.oid, m.modifier, t.oid, t.typtype, t.typbasetype, m.modifier from (select distinct type, modifier from types) m join pg_type t on t.oid = m.type
              union all
              select b.of, b.modified, t.oid, t.typtype, t.typbasetype, d.typtypmod
              from base b join pg_type d on d.oid = b.oid join pg_type t on t.oid = b.next where b.type = 'd')
            select types.rel, types.all_of, types.readable, format_type(types.type, types.modifier), b.modifier,
              bt.typtype, bn.nspname, bt.typname, bt.typcategory, et.typtype, en.nspname, et.typname, et.typcategory, b.oid <> types.type
            from types
            join base b on b.of = types.type and b.modified = types.modifier and b.type <> 'd'
            join pg_type bt on bt.oid = b.oid join pg_namespace bn on bn.oid = bt.typnamespace
            left join pg_type et on et.oid = bt.typelem and bt.typlen = -1 and bt.typcategory = 'A'
            left join pg_namespace en on en.oid = et.typnamespace
            """;

    /**
     * Of a table that others inherit from, a key holds in each, not in all; partitions share it.
     */
    private static final String KEYS =
            """
            select k.contype, to_json(array(
              select a.attname from unnest(k.conkey) with ordinality u(num, place)
              join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.num order by u.place))
            from pg_constraint k where k.conrelid = $1::oid and k.contype in ('p', 'u')
              and ($2 = 'target' or not exists (select from pg_inherits i join pg_class c on c.oid = i.inhparent where i.inhparent = k.conrelid and c.relkind <> 'p'))
            order by k.contype, k.conname
            """;

    private static final String ALONE =
            """
            select string_agg(a.attname, ', ' order by u.place)
            from pg_constraint o join pg_class c on c.oid = o.conrelid join pg_namespace n on n.oid = c.relnamespace
            cross join unnest(o.conkey) with ordinality u(num, place)
            join pg_attribute a on a.attrelid = o.conrelid and a.attnum = u.num
            where n.nspname = $1 and c.relname = $2 and o.contype = 'p' and c.relkind <> 'p'
              and exists (select from pg_inherits i where i.inhparent = c.oid)
            group by o.oid
            """;

    private final WireConnection session;

    Catalogue(WireConnection session) {
        this.session = session;
    }

    List<String> schemas() {
        return ask(
                        """
                        select nspname from pg_namespace
                        where nspname not like 'pg\\_%' and nspname <> 'information_schema' and has_schema_privilege(oid, 'usage')
                        order by nspname
                        """)
                .stream()
                .map(row -> name(row.text(0)))
                .toList();
    }

    boolean hasSchema(String schema) {
        return !ask("select 1 from pg_namespace where nspname = $1", schema).isEmpty();
    }

    /** Those of these names, in order of name. */
    List<Table.Summary> tables(String schema, Collection<String> names) {
        return summaries(
                ask(
                        RELATION
                                + "and n.nspname = $1 and c.relname in (select json_array_elements_text($2::json)) order by c.relname",
                        schema,
                        JSON.writeValueAsString(names)));
    }

    /** A piece of them in order of name; sizes are asked for these only. */
    List<Table.Summary> tables(String schema, String words, int limit, long before) {
        return summaries(
                session.query(
                        RELATION
                                + "and n.nspname = $1 and c.oid = any(array(select p.oid "
                                + NAMED
                                + " order by p.relname limit $3::int offset $4::bigint)) order by c.relname",
                        schema,
                        words,
                        String.valueOf(limit),
                        String.valueOf(before)));
    }

    long count(String schema, String words) {
        return session.one("select count(*) " + NAMED, schema, words).number(0);
    }

    Optional<Table> table(String schema, String name) {
        var found = ask(RELATION + "and n.nspname = $1 and c.relname = $2", schema, name);
        if (found.isEmpty()) return Optional.empty();
        var oid = found.getFirst().text(7);
        var summary = summaries(found).getFirst();
        var columns =
                ask(COLUMNS, oid, session.side().key()).stream().map(Catalogue::column).toList();
        var keys = ask(KEYS, oid, session.side().key());
        var primary =
                keys.stream().filter(k -> k.text(0).equals("p")).map(Catalogue::names).findFirst();
        var unique =
                keys.stream().filter(k -> k.text(0).equals("u")).map(Catalogue::names).toList();
        return Optional.of(
                new Table(summary, columns, primary.orElse(List.of()), unique, List.of()));
    }

    /** A primary key that holds in the table alone, while rows of others inherit into it. */
    Optional<String> keyOfOneTable(String schema, String name) {
        return ask(ALONE, schema, name).stream().map(row -> Shown.line(row.text(0))).findFirst();
    }

    private List<Row> ask(String sql, String... parameters) {
        return session.within(
                session.endpoint().limits().lockTimeout().plus(QUESTION),
                () -> session.query(sql, parameters));
    }

    private static List<String> names(Row key) {
        try {
            return JSON.readValue(key.text(1), NAMES).stream().map(Catalogue::name).toList();
        } catch (JacksonException | NullPointerException noNames) {
            throw key.strange("no list of names");
        }
    }

    /** One that cannot be a name is shown, and is then none of theirs. */
    private static String name(String said) {
        return PostgresDialect.isName(said)
                ? said
                : Shown.line(said, PostgresDialect.NAME_BYTES_MAX);
    }

    private List<Table.Summary> summaries(List<Row> relations) {
        if (relations.isEmpty()) return List.of();
        var oids =
                relations.stream()
                        .map(row -> String.valueOf(row.number(7)))
                        .collect(Collectors.joining(",", "{", "}"));
        var columns = new HashMap<Long, Table.Columns>();
        for (var row : ask(TYPES, oids)) {
            var more = columns(row);
            columns.merge(row.number(0), more, Table.Columns::and);
        }
        return relations.stream()
                .map(row -> summary(row, columns.getOrDefault(row.number(7), Table.Columns.NONE)))
                .toList();
    }

    /** Of one type. */
    private static Table.Columns columns(Row row) {
        var base = facts(row, 5);
        var element = row.find(9).map(_ -> facts(row, 9));
        var modifier = row.integer(4);
        var type = type(row.text(3), row.flag(13), base, element, modifier);
        var shared =
                type.isPresent()
                        && !isNumberByName(row.text(3), row.flag(13), base)
                        && PostgresDialect.carried(base, element, modifier).isPresent();
        var all = count(row, 1);
        var readable = Math.min(all, count(row, 2));
        return new Table.Columns(all, readable, shared ? readable : 0);
    }

    private static int count(Row row, int at) {
        return Math.toIntExact(Math.min(row.count(at), Into.COLUMNS_MAX));
    }

    private static Table.Summary summary(Row row, Table.Columns columns) {
        var kind =
                switch (row.text(2)) {
                    case "r" -> Table.Kind.TABLE;
                    case "p" -> Table.Kind.PARTITIONED;
                    case "v" -> Table.Kind.VIEW;
                    case "m" -> Table.Kind.MATERIALIZED_VIEW;
                    default -> Table.Kind.FOREIGN;
                };
        var rows = row.find(4).isPresent() ? row.number(4) : -1;
        return new Table.Summary(
                name(row.text(0)),
                name(row.text(1)),
                kind,
                row.find(3).flatMap(Shown::comment),
                rows < 0 || kind == Table.Kind.VIEW ? OptionalLong.empty() : OptionalLong.of(rows),
                row.count(5),
                row.flag(6) && PostgresDialect.isName(row.text(1)),
                columns);
    }

    private static Column column(Row row) {
        var base = facts(row, 9);
        var element = row.find(13).map(_ -> facts(row, 13));
        var modifier = row.integer(8);
        var isDomain = !row.flag(17);
        var type = type(row.text(2), isDomain, base, element, modifier);
        return new Column(
                name(row.text(0)),
                row.integer(1),
                type.orElseGet(() -> Shown.line(row.text(2))),
                PostgresDialect.kind(base),
                Shown.line(base.name()),
                type.isPresent()
                                && PostgresDialect.isName(row.text(0))
                                && !isNumberByName(row.text(2), isDomain, base)
                        ? PostgresDialect.carried(base, element, modifier)
                        : Optional.empty(),
                PostgresDialect.lengthMax(base.name(), modifier),
                !row.flag(3),
                row.find(4).flatMap(Shown::comment),
                row.flag(5),
                row.flag(6),
                row.flag(7),
                row.flag(18),
                row.flag(19));
    }

    /**
     * In words of ours; empty where it has none.
     *
     * @param printed as the server writes it
     */
    private static Optional<String> type(
            String printed,
            boolean isDomain,
            TypeFacts base,
            Optional<TypeFacts> element,
            int modifier) {
        return (isDomain
                        ? Optional.<String>empty()
                        : PostgresDialect.written(base, element, modifier))
                .or(() -> TypeText.made(printed));
    }

    /** Whether it is a domain that is called as the one for large objects. */
    private static boolean isNumberByName(String printed, boolean isDomain, TypeFacts base) {
        return isDomain && LargeObjects.areNumbers(base.name()) && LargeObjects.isDeclared(printed);
    }

    private static TypeFacts facts(Row row, int at) {
        return new TypeFacts(
                row.letter(at), row.text(at + 1), row.text(at + 2), row.letter(at + 3));
    }
}
