package shuqiao.onesource;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.catalog.DataType;
import shuqiao.catalog.Item;
import shuqiao.catalog.PublishedResource;
import shuqiao.kernel.Where;

/** The items of all valid versions. */
@Repository
class ItemTable {

    /** An item that several departments catalogue. */
    record Group(String key, String name, long departments, long items, boolean decided) {}

    /** Grouped first, joined then; what an item is called is asked for the few that are shown. */
    private static final String GROUPS =
            """
            select i.item_key, i.departments, i.items, d.item_key is not null as decided
            from (select item_key, count(distinct provider) as departments, count(*) as items
                from onesource.item group by item_key having count(distinct provider) > 1) i
            left join (select s.item_key from onesource.decision s
                cross join lateral (select from onesource.item
                    where item.resource = s.resource and item.item_key = s.item_key limit 1) one) d
                on d.item_key = i.item_key
            """;

    private static final String MOST_FIRST = " order by departments desc, items desc, item_key";

    /** How many items several departments catalogue, and for how many a source is named. */
    record Counted(long all, long decided) {

        long open() {
            return all - decided;
        }

        long of(@Nullable Boolean state) {
            return state == null ? all : state ? decided : open();
        }
    }

    private static final int PER_KEY_MAX = 500;

    private final JdbcClient db;

    ItemTable(JdbcClient db) {
        this.db = db;
    }

    /** All items in one statement, however many there are. */
    void put(PublishedResource it, Elements elements) {
        remove(it.id());
        var items = it.description().items();
        if (items.isEmpty()) return;
        // what says too little stands for itself in this place alone
        var keys =
                IntStream.range(0, items.size())
                        .mapToObj(
                                at -> elements.key(items.get(at)).orElse("-" + it.id() + "." + at))
                        .toArray(String[]::new);
        db.sql(
                        """
                        insert into onesource.item (resource, position, provider, code, resource_name, version,
                            name, item_key, name_key, data_type, length, column_name, formula)
                        select :resource, i.place - 1, :provider, :code, :resourceName, :version,
                            i.name, i.key, i.name_key, i.type, i.length, i.column_name, :formula
                        from unnest(:names::text[], :keys::text[], :nameKeys::text[], :types::text[],
                                :lengths::int[], :columns::text[])
                            with ordinality as i (name, key, name_key, type, length, column_name, place)
                        """)
                .param("resource", it.id())
                .param("provider", it.provider())
                .param("code", it.code())
                .param("resourceName", it.name())
                .param("version", it.version())
                .param("formula", Elements.FORMULA)
                .param("names", texts(items, Item::name))
                .param("keys", keys)
                .param("nameKeys", texts(items, item -> Elements.nameKey(item.name())))
                .param("types", texts(items, ItemTable::type))
                .param("lengths", items.stream().map(Item::length).toArray(Integer[]::new))
                .param("columns", texts(items, Item::column))
                .update();
    }

    private static @Nullable String type(Item it) {
        return it.dataType() == null ? null : it.dataType().name();
    }

    private static String[] texts(List<Item> items, Function<Item, @Nullable String> part) {
        return items.stream().map(part).toArray(String[]::new);
    }

    void remove(long resource) {
        db.sql("delete from onesource.item where resource = :resource")
                .param("resource", resource)
                .update();
    }

    /** How many resources are known by the present list of elements. */
    long known() {
        return db.sql(
                        "select count(distinct resource) from onesource.item where formula = :formula")
                .param("formula", Elements.FORMULA)
                .query(Long.class)
                .single();
    }

    List<CataloguedItem> of(long resource) {
        return db.sql("select * from onesource.item where resource = :resource order by position")
                .param("resource", resource)
                .query(ItemTable::row)
                .list();
    }

    List<CataloguedItem> of(Collection<Long> resources) {
        if (resources.isEmpty()) return List.of();
        return db.sql("select * from onesource.item where resource in (:resources)")
                .param("resources", resources)
                .query(ItemTable::row)
                .list();
    }

    /** All that stand for this, by department. */
    List<CataloguedItem> of(String key) {
        return db.sql(
                        """
                        select * from onesource.item where item_key = :key
                        order by provider, resource, position limit :max
                        """)
                .param("key", key)
                .param("max", PER_KEY_MAX)
                .query(ItemTable::row)
                .list();
    }

    /** What other departments catalogue of these. */
    List<CataloguedItem> others(Collection<String> keys, String provider) {
        if (keys.isEmpty()) return List.of();
        return db.sql(
                        """
                        select * from (select i.*, row_number() over
                                (partition by item_key order by provider, resource, position) as place
                            from onesource.item i where item_key in (:keys) and provider <> :provider) i
                        where place <= :max order by provider, resource, position
                        """)
                .param("keys", keys)
                .param("provider", provider)
                .param("max", PER_KEY_MAX)
                .query(ItemTable::row)
                .list();
    }

    /** How many of the items of a resource stand for one of another department too. */
    long shared(long resource) {
        return db.sql(
                        """
                        select count(*) from onesource.item i where i.resource = :resource
                          and exists (select from onesource.item o
                                      where o.item_key = i.item_key and o.provider <> i.provider)
                        """)
                .param("resource", resource)
                .query(Long.class)
                .single();
    }

    /** Those of most departments first. */
    List<Group> groups(@Nullable Boolean decided, int limit, long offset) {
        var where = where(decided);
        return db.sql(
                        """
                        select p.*, (select mode() within group (order by i.name) from onesource.item i
                            where i.item_key = p.item_key) as name
                        from (select * from (
                        """
                                + GROUPS
                                + ") g"
                                + where.sql()
                                + MOST_FIRST
                                + " limit :limit offset :offset) p"
                                + MOST_FIRST)
                .params(where.parameters())
                .param("limit", limit)
                .param("offset", offset)
                .query((rs, _) ->
                        new Group(
                                rs.getString("item_key"),
                                rs.getString("name"),
                                rs.getLong("departments"),
                                rs.getLong("items"),
                                rs.getBoolean("decided")))
                .list();
    }

    Counted counted() {
        return db.sql(
                        "select count(*) as all_of_them, count(*) filter (where decided) as decided from ("
                                + GROUPS
                                + ") g")
                .query((rs, _) -> new Counted(rs.getLong("all_of_them"), rs.getLong("decided")))
                .single();
    }

    private static Where where(@Nullable Boolean decided) {
        var where = new Where();
        if (decided != null) where.and("g.decided = :decided", "decided", decided);
        return where;
    }

    private static CataloguedItem row(ResultSet rs, int number) throws SQLException {
        var type = rs.getString("data_type");
        return new CataloguedItem(
                rs.getLong("resource"),
                rs.getInt("position"),
                rs.getString("provider"),
                rs.getString("code"),
                rs.getString("resource_name"),
                rs.getString("name"),
                rs.getString("item_key"),
                rs.getString("name_key"),
                type == null ? null : DataType.valueOf(type),
                (Integer) rs.getObject("length"),
                rs.getString("column_name"));
    }
}
