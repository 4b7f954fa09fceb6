package shuqiao.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.web.util.HtmlUtils;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.Visitor;
import shuqiao.kernel.Role;

/** Whatever a table is called, each page and link of the product leads to it. */
@PlatformTest
class OddNamesTests extends ExchangeGround {

    private static final String PASSWORD = "Bridge-2026-odd";
    private static final String ODD = "a/b\\c%d;e?f#g,h'i\"j&k=l+m{n} o";
    private static final String QUOTED = '"' + ODD.replace("\"", "\"\"") + '"';

    private Visitor visitor(String name, String organization, Role... roles) {
        return city.visitor(name, PASSWORD, organization, roles);
    }

    private static Map<String, String> form(String... fields) {
        var form = new HashMap<String, String>();
        for (int at = 0; at < fields.length; at += 2) form.put(fields[at], fields[at + 1]);
        return form;
    }

    /** The link that a browser would follow. */
    private static String link(String page, String start, String in) {
        var links = Pattern.compile("href=\"(" + Pattern.quote(start) + "[^\"]*)\"").matcher(page);
        while (links.find()) {
            var link = HtmlUtils.htmlUnescape(links.group(1));
            if (link.contains(in)) return link.replace("\\", "%5C");
        }
        throw new AssertionError("no link " + start + " with " + in);
    }

    @Test
    void a_table_is_looked_at_drafted_mounted_and_published_by_its_pages() throws Exception {
        PROVIDER.run(
                "drop table if exists " + QUOTED,
                "create table " + QUOTED + " (id bigint primary key, name text not null)");
        var source = source(steward, PROVIDER, Map.of());
        var writer = visitor("odd-steward", City.CIVIL_AFFAIRS, Role.STEWARD);

        var shown = writer.get("/sources/" + source + "?schema=public&q=" + "b%5Cc%25d");
        var table = writer.get(link(shown.body(), "/sources/" + source, "table="));
        assertThat(table.statusCode()).isEqualTo(200);
        assertThat(table.body()).contains(HtmlUtils.htmlEscape(ODD), ">bigint<");

        var choice = "/resources/new?source=" + source + "&schema=public";
        var drafted =
                writer.submit(
                        choice,
                        "/resources/new",
                        form(
                                "source",
                                "" + source,
                                "schema",
                                "public",
                                "table",
                                ODD,
                                "name",
                                "怪名之表" + source));
        assertThat(drafted.uri().getPath()).as(drafted.body()).endsWith("/edit");
        var path = drafted.uri().getPath().replace("/edit", "");
        var mount = writer.get(path + "/edit/mount");
        assertThat(mount.body()).contains(HtmlUtils.htmlEscape("public." + ODD));
        var again =
                writer.submit(
                        path + "/edit/mount",
                        path + "/edit/mount",
                        form(
                                "source", "" + source,
                                "schema", "public",
                                "table", ODD,
                                "items[0].column", "id",
                                "items[1].column", "name"));
        assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
        assertThat(writer.get(path).statusCode()).isEqualTo(200);
        assertThat(writer.get(path + "/mount").body())
                .contains(HtmlUtils.htmlEscape("public." + ODD));
        assertThat(writer.get(path + "/check").statusCode()).isEqualTo(200);

        var ticked =
                writer.submit(
                        "/resources/tables?source=" + source + "&schema=public",
                        "/resources/tables",
                        form("source", "" + source, "schema", "public", "tables", ODD));
        assertThat(ticked.body()).contains(HtmlUtils.htmlEscape(ODD)).contains("已生成");
        assertThat(ticked.body()).doesNotContain("库里没有这张表");
    }

    private static final Pattern READ =
            Pattern.compile("(title|aria-label|alt|placeholder|label)=\"[^\"]*\u202E|>[^<]*\u202E");

    /** A name that reads {@code exe.png} while it is {@code gnp.exe}. */
    @Test
    void marks_of_direction_in_names_are_shown_and_read_aloud_as_what_they_are() throws Exception {
        var marked = "\u202Egnp.exe";
        PROVIDER.run(
                "drop table if exists \"" + marked + "\"",
                "create table \""
                        + marked
                        + "\" (id bigint primary key, \""
                        + marked
                        + "\" text not null)");
        var source = source(steward, PROVIDER, Map.of());
        var writer = visitor("odd-steward", City.CIVIL_AFFAIRS, Role.STEWARD);
        var choice = "/resources/new?source=" + source + "&schema=public&q=gnp.exe";
        var drafted =
                writer.submit(
                        choice,
                        "/resources/new",
                        form(
                                "source",
                                "" + source,
                                "schema",
                                "public",
                                "table",
                                marked,
                                "name",
                                "标记之表" + source));
        assertThat(drafted.uri().getPath()).as(drafted.body()).endsWith("/edit");
        var path = drafted.uri().getPath().replace("/edit", "");

        var marks = 0;
        for (var page :
                List.of(
                        choice,
                        "/resources/tables?source=" + source + "&schema=public&q=gnp.exe",
                        "/sources/" + source + "?schema=public&q=gnp.exe",
                        path + "/edit/items",
                        path + "/edit/mount",
                        path + "/items",
                        path + "/mount",
                        path + "/check")) {
            var body = writer.get(page).body();
            if (body.contains("\\u202Egnp.exe")) marks++;
            var found = READ.matcher(body);
            assertThat(found.find() ? found.group() : "").as(page).isEmpty();
        }
        assertThat(marks).as("pages that show the name").isGreaterThan(5);
        assertThat(writer.get(choice).body())
                .as("what is sent back is the name itself")
                .contains("value=\"" + marked + "\"")
                .contains("aria-label=\"选择 \\u202Egnp.exe\"");
    }

    @Test
    void a_run_a_schedule_and_a_mapping_deliver_into_it_by_their_pages() throws Exception {
        CONSUMER.run(
                "drop table if exists " + QUOTED,
                "create table " + QUOTED + " (bh bigint primary key, xm text)");
        var grant = grant(table(10), Map.of());
        var target = source(consumer, CONSUMER, Map.of());
        var receiver = visitor("odd-consumer", City.POLICE, Role.STEWARD);
        var place =
                form("grant", "" + grant, "target", "" + target, "schema", "public", "table", ODD);

        var leads = new HashMap<>(place);
        leads.put("then", "mapping");
        var mapping = receiver.submit("/runs/new?grant=" + grant, "/runs", leads);
        assertThat(mapping.statusCode()).as(mapping.body()).isEqualTo(200);
        assertThat(mapping.uri().getPath()).startsWith("/mappings");
        assertThat(mapping.body()).contains(HtmlUtils.htmlEscape(ODD), "xm");
        var said = new HashMap<>(place);
        said.putAll(form("column-id", "bh", "column-name", "xm", "key", "id", "absent", "KEEP"));
        var back = receiver.submit("/runs/new?grant=" + grant, "/mappings", said);
        assertThat(back.statusCode()).as(back.body()).isEqualTo(200);
        assertThat(URLDecoder.decode(back.uri().getRawQuery(), StandardCharsets.UTF_8))
                .contains("table=" + ODD);

        var asked = receiver.submit("/runs/new?grant=" + grant, "/runs", place);
        assertThat(asked.uri().getPath()).as(asked.body()).startsWith("/runs/");
        var run = asked.uri().getPath().substring("/runs/".length());
        delivered(run);
        assertThat(CONSUMER.one("select count(*) from " + QUOTED)).isEqualTo("10");
        assertThat(receiver.get("/runs/" + run).body()).contains(HtmlUtils.htmlEscape(ODD));
        assertThat(receiver.get("/runs/" + run + "/receipt").statusCode()).isEqualTo(200);

        var order = new HashMap<>(place);
        order.put("rhythm", "AFTER_UPDATE");
        var ordered = receiver.submit("/schedules/new?grant=" + grant, "/schedules", order);
        assertThat(ordered.uri().getPath()).as(ordered.body()).startsWith("/schedules/");
        assertThat(ordered.body()).contains(HtmlUtils.htmlEscape(ODD));
        assertThat(List.of(receiver.get("/grants/" + grant).statusCode())).containsExactly(200);
    }
}
