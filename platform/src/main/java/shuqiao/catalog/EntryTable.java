package shuqiao.catalog;

import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a search looks through, written with the resource in one transaction: narrow, so that facets
 * are counted without reading descriptions.
 */
@Repository
class EntryTable {

    private final JdbcClient db;
    private final JsonMapper json;

    EntryTable(JdbcClient db, JsonMapper json) {
        this.db = db;
        this.json = json;
    }

    /** As its department works on it; the published row follows its stage, and ends with it. */
    void put(Resource it, String department) {
        put(
                true,
                it,
                it.description(),
                it.version(),
                it.mount().map(Mount::rowEstimate).orElse(null),
                it.changedAt(),
                department);
        if (it.isWithdrawn()) {
            db.sql("delete from catalog.entry where resource = :id and not inside")
                    .param("id", it.id())
                    .update();
            score(it.id(), null);
        } else
            db.sql("update catalog.entry set stage = :stage where resource = :id and not inside")
                    .param("id", it.id())
                    .param("stage", it.state().stage().name())
                    .update();
    }

    /** As others see it from now on. */
    void publish(Resource it, Mount mount, String department) {
        put(
                false,
                it,
                it.description(),
                it.version(),
                mount.rowEstimate(),
                it.state().at(),
                department);
    }

    void remove(long resource) {
        db.sql("delete from catalog.entry where resource = :id").param("id", resource).update();
    }

    /** How well the valid version is described and kept. */
    void score(long resource, @Nullable Integer score) {
        db.sql(
                        """
                        update catalog.entry set score = :score
                        where resource = :resource and score is distinct from :score::int
                        """)
                .param("resource", resource)
                .param("score", score, Types.INTEGER)
                .update();
    }

    /** The department is called otherwise from now on. */
    void rename(String provider, String department) {
        db.sql("update catalog.entry set department = :department where provider = :provider")
                .param("provider", provider)
                .param("department", department)
                .update();
    }

    private void put(
            boolean inside,
            Resource it,
            Description words,
            int version,
            @Nullable Long rows,
            Instant changedAt,
            String department) {
        var all = new HashMap<String, Object>();
        all.put("resource", it.id());
        all.put("inside", inside);
        all.put("provider", it.provider());
        all.put("stage", it.state().stage().name());
        all.put("code", it.code());
        all.put("name", words.name());
        all.put("nameText", Words.folded(words.name()));
        all.put("version", version);
        all.put("summary", words.summary());
        all.put("class", words.classification());
        all.put("sharing", name(words.sharingKind()));
        all.put("method", name(words.sharingMethodType()));
        all.put("format", name(words.formatKind()));
        all.put("cycle", name(words.updateCycle()));
        all.put("open", words.open());
        all.put("items", json.writeValueAsString(words.items().stream().map(Item::name).toList()));
        all.put("rows", rows);
        all.put("changedAt", changedAt.atOffset(ZoneOffset.UTC));
        all.put(
                "searchText",
                Words.folded(words.searchText() + " " + (it.code() == null ? "" : it.code())));
        all.put("department", department);
        write(all);
    }

    private void write(Map<String, Object> all) {
        db.sql(
                        """
                        insert into catalog.entry (resource, inside, provider, stage, code, name, name_text, version,
                            summary, class, sharing, method, format, cycle, open, items, rows, changed_at, search_text,
                            department)
                        values (:resource, :inside, :provider, :stage, :code, :name, :nameText, :version,
                            :summary, :class, :sharing, :method, :format, :cycle, :open, :items::jsonb, :rows,
                            :changedAt, :searchText, :department)
                        on conflict (resource, inside) do update set
                            stage = excluded.stage, code = excluded.code, name = excluded.name,
                            name_text = excluded.name_text, version = excluded.version, summary = excluded.summary,
                            class = excluded.class, sharing = excluded.sharing, method = excluded.method,
                            format = excluded.format, cycle = excluded.cycle, open = excluded.open,
                            items = excluded.items, rows = excluded.rows, changed_at = excluded.changed_at,
                            search_text = excluded.search_text, department = excluded.department
                        """)
                .params(all)
                .update();
    }

    private static @Nullable String name(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }
}
