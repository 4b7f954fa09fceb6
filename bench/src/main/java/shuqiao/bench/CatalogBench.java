package shuqiao.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * How the catalog grows: list, facets, one resource, and its publication through submission and
 * both reviews, at three sizes, each ten times the one before. Baselines in the same run, taking
 * turns: the style sheet of the same server, and one count per facet by plain SQL on the same
 * table.
 */
final class CatalogBench implements AutoCloseable {

    private static final int ITEMS = 20;
    private static final int SIZES = 3;
    private static final String HEAP = "-Xmx1g";
    private static final String PUBLISH = "publish";
    private static final Map<String, String> YES = Map.of("approve", "approve", "opinion", "同意");

    /** What the search page showed by itself before: a page, and a count for each facet. */
    private static final List<String> PLAIN =
            List.of(
                    "select resource from catalog.entry where not inside order by changed_at desc limit 20",
                    "select class, count(*) from catalog.entry where not inside group by 1",
                    "select sharing, count(*) from catalog.entry where not inside group by 1",
                    "select provider, count(*) from catalog.entry where not inside group by 1",
                    "select method, count(*) from catalog.entry where not inside group by 1",
                    "select format, count(*) from catalog.entry where not inside group by 1",
                    "select cycle, count(*) from catalog.entry where not inside group by 1");

    private static final List<String> LIKE =
            List.of(
                    "select count(*) from catalog.entry where not inside and search_text like '%统一社会信用代码%'");

    /** All subjects at one size. */
    private record Size(int resources, Turns turns, long resident, double filled) {}

    private final int resources;
    private final RunningPlatform platform;
    private final List<Size> sizes = new ArrayList<>();
    private final List<Connection> connections = new ArrayList<>();

    CatalogBench(int resources, Path jar) throws Exception {
        this.resources = resources;
        System.err.println("starting a platform of its own");
        platform = RunningPlatform.start(HEAP, jar);
    }

    String run(int rounds) throws Exception {
        for (int i = 0; i < Turns.CLIENTS; i++) connections.add(platform.database());
        try (var city = new FullCity(platform.database())) {
            city.open();
            var steps = Steps.prepare(platform, city);
            var reader = Reader.login(platform, city.reader());
            var made = 0;
            for (int i = SIZES - 1; i >= 0; i--) {
                var size = resources / (int) Math.pow(10, i);
                System.err.printf("filling in %,d resources, %,d items%n", size, size * ITEMS);
                var begun = System.nanoTime();
                city.grow(made + 1, size, ITEMS);
                made = size;
                var filled = (System.nanoTime() - begun) / 1e9;
                var turns = subjects(city, reader, steps, rounds);
                turns.measure(rounds);
                city.settled();
                sizes.add(new Size(size, turns, Cpu.resident(platform.pid()), filled));
            }
        }
        return table();
    }

    private Turns subjects(FullCity city, Reader reader, Steps steps, int rounds) throws Exception {
        var turns = new Turns();
        var guest = Reader.guest(platform);
        add(turns, "static file", guest, Reader.styleSheet(platform));
        turns.add("SQL: list, 6 facets", "", client -> plain(PLAIN, client));
        turns.add("SQL: like", "", client -> plain(LIKE, client));
        add(turns, "list", reader, "/resources");
        add(turns, "list by name", reader, "/resources?sort=name");
        add(turns, "list by score", reader, "/resources?sort=score");
        add(turns, "list: page 40", reader, "/resources?page=40");
        add(turns, "facet", reader, "/resources?sharing=CONDITIONAL&cycle=DAILY");
        add(turns, "facet: a class", reader, "/resources?class=3&sharing=CONDITIONAL");
        add(turns, "word: rare", reader, "/resources?q=" + Reader.word("第77号"));
        add(turns, "word: one in six", reader, "/resources?q=" + Reader.word("企业"));
        add(turns, "word: all have it", reader, "/resources?q=" + Reader.word("统一社会信用代码"));
        add(turns, "tree", reader, "/catalog/tree?root=3");
        add(turns, "resource", reader, "/resources/" + city.resource());
        add(turns, "resource items", reader, "/resources/" + city.resource() + "/items");
        steps.approve(city, 1 + 20 + rounds + Turns.CLIENTS * (rounds / 2));
        turns.add(PUBLISH, "/resources/…/review", _ -> steps.publish());
        return turns;
    }

    private static void add(Turns turns, String name, Reader reader, String path) throws Exception {
        turns.add(name, path, _ -> reader.read(path));
    }

    private int plain(List<String> queries, int client) throws SQLException {
        var bytes = 0;
        for (var query : queries)
            try (var statement = connections.get(client).createStatement();
                    var rows = statement.executeQuery(query)) {
                while (rows.next()) bytes += rows.getString(1) == null ? 0 : 8;
            }
        return bytes;
    }

    /** A draft's way to its publication. */
    private static final class Steps {

        private final Reader writer;
        private final Reader reviewer;
        private final Reader authority;
        private final ConcurrentLinkedQueue<Long> approved = new ConcurrentLinkedQueue<>();
        private int drafts;

        private Steps(Reader writer, Reader reviewer, Reader authority) {
            this.writer = writer;
            this.reviewer = reviewer;
            this.authority = authority;
        }

        static Steps prepare(RunningPlatform platform, FullCity city) throws Exception {
            var first = city.drafts(1, 1).getFirst();
            var steps =
                    new Steps(
                            Reader.login(platform, city.writer()),
                            Reader.login(platform, city.reviewer()),
                            Reader.login(platform, city.authority()));
            steps.drafts = 1;
            steps.approve(first);
            return steps;
        }

        void approve(FullCity city, int number) throws Exception {
            System.err.printf("submitting and reviewing %,d%n", number);
            for (var id : city.drafts(drafts + 1, drafts + number)) approve(id);
            drafts += number;
        }

        private void approve(long id) throws Exception {
            writer.send("/resources/" + id + "/submission", Map.of());
            decide(reviewer, id, "SUBMITTED");
            decide(authority, id, "DEPARTMENT_APPROVED");
            approved.add(id);
        }

        int publish() throws Exception {
            decide(authority, approved.remove(), "APPROVED");
            return 0;
        }

        private static void decide(Reader who, long id, String stage) throws Exception {
            var fields = new LinkedHashMap<>(YES);
            fields.put("stage", stage);
            who.send("/resources/" + id + "/review", fields);
        }
    }

    private String table() {
        var text = new StringBuilder();
        for (var size : sizes) {
            text.append(
                    "%,d resources, %,d items; filled in %.1f s; JVM %s, resident %,d MB%n"
                            .formatted(
                                    size.resources(),
                                    size.resources() * ITEMS,
                                    size.filled(),
                                    HEAP,
                                    size.resident()));
            text.append(size.turns().table()).append('\n');
        }
        text.append("growth of the median, each size over the one before\n");
        growth().forEach((name, factors) ->
                text.append("%-26s %s%n".formatted(name, String.join("  ", factors))));
        return text.toString();
    }

    private Map<String, List<String>> growth() {
        var growth = new LinkedHashMap<String, List<String>>();
        for (int i = 0; i + 1 < sizes.size(); i++) {
            var before = sizes.get(i).turns().subjects();
            var after = sizes.get(i + 1).turns().subjects();
            for (int k = 0; k < after.size(); k++)
                growth.computeIfAbsent(after.get(k).name(), _ -> new ArrayList<>())
                        .add("×%.1f".formatted(after.get(k).part(50) / before.get(k).part(50)));
        }
        return growth;
    }

    String json() {
        var all = new LinkedHashMap<String, Object>();
        all.put("bench", "catalog");
        all.put("machine", Outcome.machine());
        all.put("rows", resources);
        all.put("repetitions", sizes.getFirst().turns().subjects().getFirst().alone().size());
        all.put("heap", HEAP);
        all.put(
                "sizes",
                sizes.stream()
                        .map(size -> {
                            var one = new LinkedHashMap<String, Object>();
                            one.put("resources", size.resources());
                            one.put("residentMegabytes", size.resident());
                            one.put("subjects", size.turns().json());
                            return one;
                        })
                        .toList());
        all.put("growth", growth());
        return Outcome.print(all);
    }

    @Override
    public void close() throws Exception {
        for (var connection : connections) connection.close();
        platform.close();
    }
}
