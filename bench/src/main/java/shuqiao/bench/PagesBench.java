package shuqiao.bench;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * Whole pages of a city that has been used for years, over HTTP on loopback: one reader, then four
 * at once. The baseline is a static file of the same server. Pages take turns.
 */
final class PagesBench implements AutoCloseable {

    private static final int WARM_UP = 20;
    private static final int CLIENTS = 4;
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern STATIC = Pattern.compile("href=\"(/static/[^\"]+\\.css)\"");

    /** A page and who reads it. */
    private record Page(String name, HttpClient reader, String path) {}

    /**
     * Milliseconds of a page, in the order they were taken.
     *
     * @param bytes of the answer
     */
    private record Times(Page page, List<Double> alone, List<Double> together, int[] bytes) {
        Times(Page page) {
            this(page, new ArrayList<>(), new ArrayList<>(), new int[1]);
        }
    }

    private final int resources;
    private final RunningPlatform platform;
    private final List<Times> subjects = new ArrayList<>();

    PagesBench(int resources, Path jar) throws Exception {
        this.resources = resources;
        System.err.println("starting a platform of its own");
        platform = RunningPlatform.start(jar);
    }

    String run(int rounds) throws Exception {
        System.err.printf("filling in %,d resources%n", resources);
        var city = new FullCity(platform.database());
        city.fill(resources);
        pages(city);
        System.err.println("warming up");
        for (int i = 0; i < WARM_UP; i++) for (var it : subjects) once(it.page());
        System.err.println("one reader");
        for (int i = 0; i < rounds; i++)
            for (var it : subjects) it.alone().add(timed(it.page(), it.bytes()));
        System.err.println("four readers");
        try (var pool = Executors.newFixedThreadPool(CLIENTS)) {
            for (var it : subjects) {
                var work = new ArrayList<Callable<List<Double>>>();
                for (int client = 0; client < CLIENTS; client++)
                    work.add(() -> {
                        var times = new ArrayList<Double>();
                        for (int i = 0; i < rounds / 2; i++)
                            times.add(timed(it.page(), it.bytes()));
                        return times;
                    });
                for (var done : pool.invokeAll(work)) it.together().addAll(done.get());
            }
        }
        return table();
    }

    private void pages(FullCity city) throws Exception {
        var reader = login(city.reader());
        var authority = login(city.authority());
        var auditor = login(city.auditor());
        var security = login(city.security());
        var guest = HttpClient.newHttpClient();
        var style = STATIC.matcher(get(guest, "/login").body());
        if (!style.find()) throw new IllegalStateException("no style sheet");
        add("static file", guest, style.group(1));
        add("home", reader, "/");
        add("home of the authority", authority, "/");
        add("search: all", reader, "/resources");
        add("search: all by name", reader, "/resources?sort=name");
        add("search: page 100", reader, "/resources?page=100");
        add("search: frequent word", reader, "/resources?q=" + word("统一社会信用代码"));
        add("search: common word", reader, "/resources?q=" + word("企业"));
        add("search: one character", reader, "/resources?q=" + word("证"));
        add(
                "search: two words, facet",
                reader,
                "/resources?q=" + word("企业登记 住所") + "&sharing=CONDITIONAL&sharing=UNCONDITIONAL");
        add("search: a class", reader, "/resources?class=307&cycle=DAILY");
        add("search: no hit", reader, "/resources?q=" + word("没有这样的词"));
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
        add("audit: one object", auditor, "/audit?object=" + word("resource=" + city.resource()));
        add("public ledger", guest, "/ledger");
        add("open portal", guest, "/open");
        add("users", security, "/admin/users");
        add("sessions", security, "/admin/sessions");
    }

    private void add(String name, HttpClient reader, String path) throws Exception {
        var answer = get(reader, path);
        if (answer.statusCode() != 200)
            throw new IllegalStateException(name + " " + path + ": " + answer.statusCode());
        subjects.add(new Times(new Page(name, reader, path)));
    }

    private static String word(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpClient login(FullCity.Player player) throws Exception {
        var client =
                HttpClient.newBuilder()
                        .cookieHandler(new CookieManager())
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .build();
        var user = platform.user(player.role(), player.organization());
        var token = TOKEN.matcher(get(client, "/login").body());
        if (!token.find()) throw new IllegalStateException("no login form");
        var body =
                "username=%s&password=%s&_csrf=%s"
                        .formatted(
                                word(user.path("username").asString()),
                                word(user.path("password").asString()),
                                word(token.group(1)));
        var answer =
                client.send(
                        HttpRequest.newBuilder(URI.create(platform.url() + "/login"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (!answer.uri().getPath().equals("/"))
            throw new IllegalStateException("login of " + player + " failed: " + answer.uri());
        return client;
    }

    private HttpResponse<String> get(HttpClient client, String path)
            throws IOException, InterruptedException {
        return client.send(request(path), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create(platform.url() + path)).build();
    }

    private void once(Page page) throws Exception {
        timed(page, new int[1]);
    }

    /** From the request to the last byte, in milliseconds. */
    private double timed(Page page, int[] bytes) throws Exception {
        var start = System.nanoTime();
        var answer =
                page.reader().send(request(page.path()), HttpResponse.BodyHandlers.ofByteArray());
        var taken = (System.nanoTime() - start) / 1e6;
        if (answer.statusCode() != 200)
            throw new IllegalStateException(page.name() + ": " + answer.statusCode());
        bytes[0] = answer.body().length;
        return taken;
    }

    private String table() {
        var text = new StringBuilder();
        text.append(
                "%-26s %8s %8s %8s   %8s %8s %8s %8s%n"
                        .formatted("ms", "p50", "p95", "p99", "4: p50", "p95", "p99", "kB"));
        for (var it : subjects)
            text.append(
                    "%-26s %8.1f %8.1f %8.1f   %8.1f %8.1f %8.1f %8d%n"
                            .formatted(
                                    it.page().name(),
                                    part(it.alone(), 50),
                                    part(it.alone(), 95),
                                    part(it.alone(), 99),
                                    part(it.together(), 50),
                                    part(it.together(), 95),
                                    part(it.together(), 99),
                                    it.bytes()[0] / 1000));
        return text.toString();
    }

    String json() {
        var all = new LinkedHashMap<String, Object>();
        all.put("bench", "pages");
        all.put("machine", Outcome.machine());
        all.put("rows", resources);
        all.put("repetitions", subjects.getFirst().alone().size());
        all.put("subjects", subjects.stream().map(PagesBench::json).toList());
        var ratio = new LinkedHashMap<String, Object>();
        var baseline = part(subjects.getFirst().alone(), 95);
        for (var it : subjects)
            ratio.put(
                    it.page().name() + "/static file",
                    Math.round(baseline / part(it.alone(), 95) * 1000) / 1000.0);
        all.put("ratio", ratio);
        return Outcome.print(all);
    }

    private static Map<String, Object> json(Times it) {
        var subject = new LinkedHashMap<String, Object>();
        subject.put("name", it.page().name());
        subject.put("path", it.page().path());
        subject.put("bytes", it.bytes()[0]);
        subject.put("seconds", it.alone().stream().map(ms -> ms / 1000).toList());
        subject.put("milliseconds", parts(it.alone()));
        subject.put("millisecondsOfFour", parts(it.together()));
        return subject;
    }

    private static Map<String, Double> parts(List<Double> times) {
        var parts = new LinkedHashMap<String, Double>();
        for (var percent : new int[] {50, 95, 99})
            parts.put("p" + percent, Math.round(part(times, percent) * 10) / 10.0);
        return parts;
    }

    /** The smallest time that so many percent do not exceed. */
    private static double part(List<Double> times, int percent) {
        var sorted = times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[(int) Math.ceil(sorted.length * percent / 100.0) - 1];
    }

    @Override
    public void close() throws Exception {
        platform.close();
    }
}
