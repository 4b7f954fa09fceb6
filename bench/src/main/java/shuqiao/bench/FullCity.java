package shuqiao.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import shuqiao.standard.CreditCode;

/**
 * Makes the demo city one that has been used for years, by SQL: copies of what the demo published,
 * asked for, granted and delivered, under names and numbers of their own.
 */
final class FullCity implements AutoCloseable {

    private static final int DEPARTMENTS = 60;
    private static final int ITEMS = 13;
    private static final String VACUUM = "vacuum (analyze)";

    /** Who reads a page: a role, of an organization or of any. */
    record Player(String role, String organization) {}

    private final Connection database;
    private String provider = "";

    FullCity(Connection database) {
        this.database = database;
    }

    /** A tenth as many requests, as many grants, twice as many runs, ten times as many acts. */
    void fill(int resources) throws SQLException {
        departments();
        player();
        catalog(1, resources, ITEMS);
        sharing(resources / 10);
        exchange(resources / 5);
        ledger(resources * 10);
        run(VACUUM);
        settled();
    }

    /** Departments alone, and who reads. */
    void open() throws SQLException {
        departments();
        player();
    }

    /** More resources of so many items, from this number to that. */
    void grow(int from, int to, int items) throws SQLException {
        catalog(from, to, items);
        run(VACUUM);
    }

    /** Waits until all acts have their place in the log. */
    void settled() throws SQLException {
        while (!one("select count(*) from ledger.pending").equals("0")) pause();
    }

    private void player() throws SQLException {
        // the department of the demo that has answered and delivered most
        provider =
                one(
                        """
                        select r.provider from sharing.request r left join exchange.run n on n.provider = r.provider
                        where r.state like 'GRANTED%'
                        group by r.provider order by count(n.id) desc, count(*) desc, r.provider limit 1
                        """);
    }

    private void departments() throws SQLException {
        for (int i = 1; i <= DEPARTMENTS; i++) {
            var first = "11990100D%08d".formatted(i);
            run(
                    """
                    insert into organization.organization (code, name, short_name, name_en, division, level, created_at)
                    values ('%s', '云泽市第%d局', '市第%d局', 'Bureau %d', '990100', 'CITY', now())
                    """
                            .formatted(first + CreditCode.checkCharacter(first), i, i, i));
        }
    }

    private void catalog(int from, int to, int items) throws SQLException {
        run("drop table if exists made");
        run(
                """
                create temporary table made as
                select n, o.code as provider, o.name || ' ' || o.short_name || ' ' || lower(o.name_en) as department,
                    '第' || n || '号' || (array['企业登记','婚姻','学籍','社会保险','不动产','机动车'])[1 + n %% 6] || '信息' as name,
                    t.id as template, i.items, i.text,
                    t.description || jsonb_build_object(
                        'name', '第' || n || '号' || (array['企业登记','婚姻','学籍','社会保险','不动产','机动车'])[1 + n %% 6] || '信息',
                        'classification', c.codes[1 + n %% cardinality(c.codes)],
                        'summary', '本市第' || n || '号信息，用于核验。',
                        'sharingKind', (array['UNCONDITIONAL','CONDITIONAL','NOT_SHARED'])[1 + n %% 3],
                        'updateCycle', (array['DAILY','WEEKLY','MONTHLY','YEARLY'])[1 + n / 3 %% 4],
                        'items', i.items) as description
                from generate_series(%d, %d) n
                join (select code, name, short_name, name_en, row_number() over (order by sequence) - 1 as place,
                        count(*) over () as total from organization.organization where level = 'CITY' and not authority) o
                    on o.place = n %% o.total
                cross join (select r.* from catalog.resource r where r.published_version is not null
                    and r.stage = 'PUBLISHED' order by r.id limit 1) t
                cross join (select array_agg(full_code order by full_code) as codes
                    from catalog.class_node where depth >= 3) c
                cross join lateral (
                    select jsonb_agg(t.description -> 'items' -> 0 || jsonb_build_object('name', word, 'column', 'col_' || k)) as items,
                        string_agg(word || ' col_' || k, ' ') as text
                    from (select k, (array['统一社会信用代码','姓名','公民身份号码','住所','登记机关','成立日期','状态','金额','经办人','证件类型','有效期','区划代码','备注'])[1 + (k - 1) %% 13]
                        || chr(19968 + (n * 13 + k) %% 8000) as word from generate_series(1, %d) k) w) i
                """
                        .formatted(from, to, items));
        copy(
                "catalog.resource",
                "join made m on m.template = t.id",
                Map.of(
                        "provider", "m.provider",
                        "name", "m.name",
                        "name_key", "'made' || m.n",
                        "code", "split_part(t.code, '/', 1) || '/9' || lpad(m.n::text, 6, '0')",
                        "description", "m.description",
                        "changed_at", "now() - m.n * interval '1 minute'"));
        copy(
                "catalog.version",
                "join catalog.resource s on s.id = t.resource and s.published_version = t.number"
                        + " join made m on m.template = s.id join catalog.resource r on r.name_key = 'made' || m.n",
                Map.of(
                        "resource", "r.id",
                        "code", "r.code",
                        "number", "r.published_version",
                        "name", "m.name",
                        "open", "false",
                        "snapshot", "jsonb_set(t.snapshot, '{description}', m.description)",
                        "published_at", "r.changed_at"));
        for (var inside : new String[] {"true", "false"})
            copy(
                    "catalog.entry",
                    "join made m on m.template = t.resource and t.inside = "
                            + inside
                            + " join catalog.resource r on r.name_key = 'made' || m.n",
                    entry());
        judged();
    }

    /** What other rooms keep of each resource: its score, and its items by what they stand for. */
    private void judged() throws SQLException {
        var made = "join made m on m.template = t.resource ";
        var copied = " join catalog.resource r on r.name_key = 'made' || m.n";
        copy(
                "quality.score",
                made + copied,
                Map.of(
                        "resource", "r.id",
                        "provider", "m.provider",
                        "code", "r.code",
                        "name", "m.name"));
        var item = new HashMap<String, String>();
        item.put("resource", "r.id");
        item.put("position", "j.place - 1");
        item.put("provider", "m.provider");
        item.put("code", "r.code");
        item.put("resource_name", "m.name");
        item.put("column_name", "j.item ->> 'column'");
        for (var name : new String[] {"name", "item_key", "name_key"})
            item.put(name, "j.item ->> 'name'");
        copy(
                "onesource.item",
                made
                        + "and t.position = 0"
                        + copied
                        + " cross join lateral jsonb_array_elements(m.items) with ordinality as j(item, place)",
                item);
    }

    /**
     * Complete drafts on the table of the first published resource, ready for submission.
     *
     * @return their ids
     */
    List<Long> drafts(int from, int to) throws SQLException {
        var which =
                """
                join (select min(id) as id from catalog.resource where published_version is not null and stage = 'PUBLISHED'
                    and name_key !~ '^made') s on s.id = t.%s
                """;
        var words = "t.description || jsonb_build_object('name', '待发布第' || n || '号信息')";
        var draft = new HashMap<String, String>();
        draft.put("code", "null");
        draft.put("published_version", "null");
        draft.put("submitted_by", "''");
        draft.put("name", "'待发布第' || n || '号信息'");
        draft.put("name_key", "'draft' || n");
        draft.put("version", "1");
        draft.put("stage", "'DRAFT'");
        draft.put("description", words);
        var series = "cross join generate_series(" + from + ", " + to + ") n ";
        copy("catalog.resource", which.formatted("id") + series, draft);
        copy(
                "catalog.entry",
                which.formatted("resource")
                        + series
                        + "join catalog.resource r on r.name_key = 'draft' || n where t.inside",
                Map.of(
                        "resource", "r.id",
                        "stage", "'DRAFT'",
                        "code", "null",
                        "version", "1",
                        "name", "r.name",
                        "name_text", "r.name"));
        var ids = new ArrayList<Long>();
        for (int n = from; n <= to; n++)
            ids.add(
                    Long.parseLong(
                            one(
                                    "select id from catalog.resource where name_key = 'draft"
                                            + n
                                            + "'")));
        return ids;
    }

    /** Who may take a draft to its publication. */
    Player writer() throws SQLException {
        return new Player("STEWARD", templateProvider());
    }

    Player reviewer() throws SQLException {
        return new Player("REVIEWER", templateProvider());
    }

    private String templateProvider() throws SQLException {
        return one("select provider from catalog.resource where name_key = 'draft1'");
    }

    private static Map<String, String> entry() {
        var entry = new HashMap<String, String>();
        entry.put("resource", "r.id");
        entry.put("provider", "m.provider");
        entry.put("stage", "'PUBLISHED'");
        entry.put("code", "r.code");
        entry.put("name", "m.name");
        entry.put("name_text", "m.name");
        entry.put("summary", "m.description ->> 'summary'");
        entry.put("class", "m.description ->> 'classification'");
        entry.put("sharing", "m.description ->> 'sharingKind'");
        entry.put("cycle", "m.description ->> 'updateCycle'");
        entry.put("open", "false");
        entry.put("items", "jsonb_path_query_array(m.description, '$.items[*].name')");
        entry.put("changed_at", "r.changed_at");
        entry.put("search_text", "m.name || ' ' || m.text || ' ' || r.code");
        entry.put("department", "m.department");
        return entry;
    }

    private void sharing(int requests) throws SQLException {
        var each =
                1
                        + requests
                                / Math.max(
                                        1,
                                        Integer.parseInt(
                                                one("select count(*) from sharing.request")));
        var many = "cross join generate_series(1, " + each + ") n";
        copy(
                "sharing.request",
                many,
                Map.of(
                        "outcome",
                        "case when t.state like 'GRANTED%' then 'GRANT' else t.outcome end",
                        "number",
                        "t.number || '-' || n",
                        "changed_at",
                        "t.changed_at - n * interval '1 hour'"));
        var copied =
                "join sharing.request s on s.id = t.request join sharing.request r on r.number ~ ('^' || s.number || '-[0-9]+$')";
        copy("sharing.step", copied, Map.of("request", "r.id"));
        copy("sharing.deadline", copied, Map.of("request", "r.id"));
        copy(
                "sharing.\"grant\"",
                copied,
                Map.of(
                        "request", "r.id",
                        "number", "t.number || '-' || split_part(r.number, '-', 4)"));
    }

    private void exchange(int runs) throws SQLException {
        var over = "state not in ('QUEUED', 'RUNNING')";
        var each =
                1
                        + runs
                                / Math.max(
                                        1,
                                        Integer.parseInt(
                                                one(
                                                        "select count(*) from exchange.run where "
                                                                + over)));
        copy(
                "exchange.run",
                "cross join generate_series(1, " + each + ") n where t." + over,
                Map.of(
                        "id", "gen_random_uuid()::text",
                        "number", "t.number || '-' || n",
                        "target_key", "t.target_key || n"));
    }

    private void ledger(int acts) throws SQLException {
        var each =
                1 + acts / Math.max(1, Integer.parseInt(one("select count(*) from ledger.entry")));
        var last = one("select coalesce(max(id), 0) from ledger.entry");
        copy("ledger.entry", "cross join generate_series(1, " + each + ") n", Map.of());
        // the platform has placed some of its own meanwhile
        run(
                """
                insert into ledger.pending (entry) select e.id from ledger.entry e
                where e.id > %s and not exists (select from ledger.leaf l where l.entry = e.id)
                on conflict do nothing
                """
                        .formatted(last));
    }

    /** Inserts into a table what a query over it (as t) gives, with these columns made anew. */
    private void copy(String table, String from, Map<String, String> anew) throws SQLException {
        var columns = new StringBuilder();
        var values = new StringBuilder();
        try (var statement = database.createStatement();
                var rows =
                        statement.executeQuery(
                                """
                                select attname from pg_attribute
                                where attrelid = '%s'::regclass and attnum > 0 and not attisdropped
                                  and attidentity = '' and attgenerated = ''
                                order by attnum
                                """
                                        .formatted(table))) {
            while (rows.next()) {
                var name = rows.getString(1);
                if (!columns.isEmpty()) {
                    columns.append(", ");
                    values.append(", ");
                }
                columns.append('"').append(name).append('"');
                values.append(anew.getOrDefault(name, "t.\"" + name + '"'));
            }
        }
        run(
                "insert into "
                        + table
                        + " ("
                        + columns
                        + ") select "
                        + values
                        + " from "
                        + table
                        + " t "
                        + from);
    }

    Player reader() {
        return new Player("STEWARD", provider);
    }

    Player authority() {
        return new Player("AUTHORITY", "");
    }

    Player auditor() {
        return new Player("AUDIT_ADMIN", "");
    }

    Player security() {
        return new Player("SECURITY_ADMIN", "");
    }

    /** A resource that was copied. */
    String resource() throws SQLException {
        return one("select id from catalog.resource where name_key = 'made7'");
    }

    /** A request that the reader's department answers or has answered. */
    String request() throws SQLException {
        return one(
                "select max(id) from sharing.request where '%s' in (provider, consumer)"
                        .formatted(provider));
    }

    String answered() throws SQLException {
        return one(
                "select max(id) from sharing.request where '%s' in (provider, consumer) and outcome is not null"
                        .formatted(provider));
    }

    String grant() throws SQLException {
        return one(
                "select max(id) from sharing.\"grant\" where '%s' in (provider, consumer)"
                        .formatted(provider));
    }

    String run() throws SQLException {
        return one(
                "select max(id) from exchange.run where '%s' in (provider, consumer)"
                        .formatted(provider));
    }

    private String one(String query) throws SQLException {
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(query)) {
            if (!rows.next()) throw new IllegalStateException("nothing: " + query);
            return String.valueOf(rows.getString(1));
        }
    }

    private void run(String sql) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
