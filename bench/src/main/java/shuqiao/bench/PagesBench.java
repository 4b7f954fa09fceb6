package shuqiao.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;

/**
 * Whole pages of a city that has been used for years, over HTTP on loopback: one reader, then four
 * at once. The baseline is a static file of the same server. Pages take turns.
 */
final class PagesBench implements AutoCloseable {

    private final int resources;
    private final RunningPlatform platform;
    private final Turns turns = new Turns();

    PagesBench(int resources, Path jar) throws Exception {
        this.resources = resources;
        System.err.println("starting a platform of its own");
        platform = RunningPlatform.start(jar);
    }

    String run(int rounds) throws Exception {
        System.err.printf("filling in %,d resources%n", resources);
        try (var city = new FullCity(platform.database())) {
            city.fill(resources);
            pages(city);
        }
        turns.measure(rounds);
        return turns.table();
    }

    private void pages(FullCity city) throws Exception {
        var reader = Reader.login(platform, city.reader());
        var authority = Reader.login(platform, city.authority());
        var auditor = Reader.login(platform, city.auditor());
        var security = Reader.login(platform, city.security());
        var guest = Reader.guest(platform);
        add("static file", guest, Reader.styleSheet(platform));
        add("home", reader, "/");
        add("home of the authority", authority, "/");
        add("search: all", reader, "/resources");
        add("search: all by name", reader, "/resources?sort=name");
        add("search: page 100", reader, "/resources?page=100");
        add("search: frequent word", reader, "/resources?q=" + Reader.word("统一社会信用代码"));
        add("search: common word", reader, "/resources?q=" + Reader.word("企业"));
        add("search: one character", reader, "/resources?q=" + Reader.word("证"));
        add(
                "search: two words, facet",
                reader,
                "/resources?q="
                        + Reader.word("企业登记 住所")
                        + "&sharing=CONDITIONAL&sharing=UNCONDITIONAL");
        add("search: a class", reader, "/resources?class=307&cycle=DAILY");
        add("search: no hit", reader, "/resources?q=" + Reader.word("没有这样的词"));
        add("search: own", reader, "/resources?mine=true");
        add("tree", reader, "/catalog/tree?root=3");
        add("resource", reader, "/resources/" + city.resource());
        add("resource items", reader, "/resources/" + city.resource() + "/items");
        add("resource users", reader, "/resources/" + city.resource() + "/users");
        add("requests", reader, "/requests");
        add("requests to answer", reader, "/requests?part=todo");
        add("requests, authority", authority, "/requests");
        add("request", reader, "/requests/" + city.request());
        add("letter", reader, "/requests/" + city.answered() + "/letter");
        add("grants", reader, "/grants");
        add("grant", reader, "/grants/" + city.grant());
        add("runs", reader, "/runs");
        add("runs, authority", authority, "/runs");
        add("run", reader, "/runs/" + city.run());
        add("sources", reader, "/sources");
        add("audit", auditor, "/audit");
        add("audit: one act", auditor, "/audit?kind=ResourcePublished");
        add(
                "audit: one object",
                auditor,
                "/audit?object=" + Reader.word("resource=" + city.resource()));
        add("public ledger", guest, "/ledger");
        add("open portal", guest, "/open");
        add("users", security, "/admin/users");
        add("sessions", security, "/admin/sessions");
    }

    private void add(String name, Reader reader, String path) throws Exception {
        turns.add(name, path, _ -> reader.read(path));
    }

    String json() {
        var subjects = turns.subjects();
        var all = new LinkedHashMap<String, Object>();
        all.put("bench", "pages");
        all.put("machine", Outcome.machine());
        all.put("rows", resources);
        all.put("repetitions", subjects.getFirst().alone().size());
        all.put("subjects", turns.json());
        var ratio = new LinkedHashMap<String, Object>();
        var baseline = subjects.getFirst().part(95);
        for (var it : subjects)
            ratio.put(
                    it.name() + "/static file", Math.round(baseline / it.part(95) * 1000) / 1000.0);
        all.put("ratio", ratio);
        return Outcome.print(all);
    }

    @Override
    public void close() throws Exception {
        platform.close();
    }
}
