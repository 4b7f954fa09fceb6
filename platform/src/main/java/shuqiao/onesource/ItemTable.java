package shuqiao.onesource;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.catalog.DataType;
import shuqiao.catalog.PublishedResource;
import shuqiao.kernel.Where;

/** The items of all valid versions. */
@Repository
class ItemTable {

    /** An item that several departments catalogue. */
    record Group(String key, String name, long departments, long items, boolean decided) {}

    private static final String GROUPS =
            """
            select i.item_key, mode() within group (order by i.name) as name,
                count(distinct i.provider) as departments, count(*) as items,
                bool_or(d.resource is not null and d.resource = i.resource) as decided
            from onesource.item i left join onesource.decision d on d.item_key = i.item_key
            group by i.item_key having count(distinct i.provider) > 1
            """;

    private static final int PER_KEY_MAX = 500;

    private final JdbcClient db;

    ItemTable(JdbcClient db) {
        this.db = db;
    }

    void put(PublishedResource it, Elements elements) {
        remove(it.id());
        var items = it.description().items();
        for (int at = 0; at < items.size(); at++) {
            var item = items.get(at);
            var type = item.dataType();
            db.sql(
                            """
                            insert into onesource.item (resource, position, provider, code, resource_name, version,
                                name, item_key, name_key, data_type, length, column_name, formula)
                            values (:resource, :position, :provider, :code, :resourceName, :version,
                                :name, :key, :nameKey, :type, :length, :column, :formula)
                            """)
                    .param("resource", it.id())
                    .param("position", at)
                    .param("provider", it.provider())
                    .param("code", it.code())
                    .param("resourceName", it.name())
                    .param("version", it.version())
                    .param("name", item.name())
                    // what says too little stands for itself in this place alone
                    .param("key", elements.key(item).orElse("-" + it.id() + "." + at))
                    .param("nameKey", Elements.nameKey(item.name()))
                    .param("type", type == null ? null : type.name())
                    .param("length", item.length())
                    .param("column", item.column())
                    .param("formula", Elements.FORMULA)
                    .update();
        }
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
                        "select * from ("
                                + GROUPS
                                + ") g"
                                + where.sql()
                                + " order by departments desc, items desc, item_key limit :limit offset :offset")
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

    long count(@Nullable Boolean decided) {
        var where = where(decided);
        return Objects.requireNonNull(
                db.sql("select count(*) from (" + GROUPS + ") g" + where.sql())
                        .params(where.parameters())
                        .query(Long.class)
                        .single());
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
