package shuqiao.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.util.HtmlUtils;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.Visitor;
import shuqiao.catalog.Classification;
import shuqiao.sharing.Profiles;

/**
 * Whoever goes from the first page to wherever links lead him comes to a page, never to a wall; no
 * page is heavy and none asks another host for anything.
 */
@PlatformTest
@Tag("links")
class LinkTests {

    private static final int PAGE_BYTES_MAX = 150_000;

    /** Of pages that differ only in a number, so many are opened. */
    private static final int ALIKE_MAX = 2;

    private static final int PAGES_MAX = 2_000;

    private static final Pattern LINK =
            Pattern.compile("<(a|link|script|img|form|use)\\b([^>]*)>", Pattern.DOTALL);
    private static final Pattern TARGET = Pattern.compile("\\b(href|src|action)=\"([^\"]*)\"");
    private static final Pattern ID = Pattern.compile("\\bid=\"([^\"]*)\"");

    /** Changes only how pages look. */
    private static final Pattern TASTE = Pattern.compile("[?&](lang|care|contrast)=");

    /** A link on a page. */
    private record Link(String from, String to) {}

    @Autowired City city;
    @Autowired Classification classification;
    @Autowired Profiles profiles;
    @Autowired JdbcClient db;

    private final List<String> wrong = new ArrayList<>();
    private final ArrayDeque<Link> ahead = new ArrayDeque<>();
    private final Set<String> known = new HashSet<>();
    private final Map<String, Integer> alike = new HashMap<>();
    private final Map<String, Set<String>> anchors = new HashMap<>();
    private final Map<String, Integer> parts = new HashMap<>();
    private final Set<Link> fragments = new LinkedHashSet<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fill-steward",
                "fill-reviewer",
                "fill-asker",
                "fill-sender",
                "fill-authority",
                "fill-system",
                "fill-security",
                "fill-audit",
                "fill-idle",
                "fill-idle-head"
            })
    void every_link_that_a_reader_sees_opens(String reader) {
        var filled = FilledCity.of(city, classification, profiles, db);
        var visitor = new Visitor(city);
        if (!reader.isEmpty()) visitor.login(reader, FilledCity.PASSWORD);

        walk(visitor, "/");

        assertThat(known).as("pages found").hasSizeGreaterThan(reader.isEmpty() ? 6 : 10);
        assertThat(wrong).isEmpty();
        assertThat(filled.pages()).containsKey(reader);
    }

    private void walk(Visitor visitor, String start) {
        ahead.add(new Link("", start));
        while (!ahead.isEmpty()) {
            var link = ahead.poll();
            if (known.size() > PAGES_MAX) throw new AssertionError("too many pages: " + known);
            read(link, visitor.get(link.to()), visitor);
        }
        for (var link : fragments) {
            var at = link.to().indexOf('#');
            var ids = anchors.get(link.to().substring(0, at));
            if (ids != null && !ids.contains(link.to().substring(at + 1)))
                wrong.add(link.from() + " leads to " + link.to() + ", which is not there");
        }
    }

    private void read(Link link, HttpResponse<String> answer, Visitor visitor) {
        var type = answer.headers().firstValue("Content-Type").orElse("");
        if (answer.statusCode() != 200 || answer.body().isEmpty())
            wrong.add(link.from() + " leads to " + link.to() + ": " + answer.statusCode());
        else if (!link.to().startsWith("/login") && answer.uri().getPath().equals("/login"))
            wrong.add(link.from() + " leads to " + link.to() + ", which wants a login");
        if (!type.startsWith("text/html")) return;
        var page = answer.body();
        anchors.put(
                link.to(),
                ID.matcher(page).results().map(id -> id.group(1)).collect(Collectors.toSet()));
        var bytes = page.getBytes(StandardCharsets.UTF_8).length;
        var tags = LINK.matcher(page);
        while (tags.find()) {
            var target = TARGET.matcher(tags.group(2));
            if (!target.find()) continue;
            var to = HtmlUtils.htmlUnescape(target.group(2));
            var tag = tags.group(1);
            if (tag.equals("form")) {
                if (!tags.group(2).contains("method=\"post\"")) follow(answer.uri(), link.to(), to);
            } else if (tag.equals("a")) follow(answer.uri(), link.to(), to);
            else bytes += weight(visitor, link.to(), to);
        }
        if (bytes > PAGE_BYTES_MAX) wrong.add(link.to() + " weighs " + bytes + " bytes");
    }

    /** What a page needs beside itself, in bytes. */
    private int weight(Visitor visitor, String page, String part) {
        if (!part.startsWith("/") || part.startsWith("//")) {
            wrong.add(page + " asks for " + part);
            return 0;
        }
        return parts.computeIfAbsent(
                part,
                _ -> {
                    var answer = visitor.get(part);
                    if (answer.statusCode() != 200)
                        wrong.add(page + " asks for " + part + ": " + answer.statusCode());
                    return visitor.download(part).length;
                });
    }

    private void follow(URI page, String from, String to) {
        if (to.startsWith("mailto:") || to.startsWith("tel:")) return;
        var target = page.resolve(to.replace(" ", "%20"));
        if (!target.toString().startsWith(city.url())) {
            wrong.add(from + " leads elsewhere: " + to);
            return;
        }
        var path =
                target.getRawPath()
                        + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery());
        if (target.getRawFragment() != null) {
            var own = to.startsWith("#") ? from : path;
            fragments.add(new Link(from, own + "#" + target.getFragment()));
            if (to.startsWith("#")) return;
        }
        if (!known.add(path)) return;
        var taste = TASTE.matcher(path);
        var kind = taste.find() ? taste.group() : kind(path);
        if (alike.merge(kind, 1, Integer::sum) <= ALIKE_MAX) ahead.add(new Link(from, path));
    }

    private static String kind(String path) {
        return path.replaceAll("=[^&]*", "")
                .replaceAll("(?<=/(users|programs)/)[^/?]+|(?<=/)[^/?]*\\d[^/?]*", "n");
    }
}
