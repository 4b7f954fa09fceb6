package shuqiao.workbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import shuqiao.kernel.Refusal;

/**
 * Workbooks with one to six faults at random places, in their bytes and in their XML. Each is read
 * or refused; none takes longer than a small file may, none ends in anything but a refusal. Set
 * {@code fuzz.seconds}, {@code fuzz.seed} and {@code fuzz.books} (a folder of more workbooks) to go
 * on by hand.
 */
@Tag("long")
class BookFuzzTests {

    /** A file of some kilobytes, whatever is wrong with it. */
    private static final Duration EACH_MAX = Duration.ofSeconds(10);

    private static final List<String> WORDS =
            List.of(
                    "<c r=\"XFDXFDXFD1\"/>",
                    "<c r=\"XFD1048576\"><v>1</v></c>",
                    "<c><v>1E-999999999</v></c>",
                    "<c t=\"s\"><v>2000000000</v></c>",
                    "<v>",
                    "</v>",
                    "<row r=\"1048576\">",
                    "<row>",
                    "</row>",
                    "<si>",
                    "</si>",
                    "<t>",
                    "</t>",
                    "<rPh>",
                    "<is>",
                    "<f t=\"shared\" si=\"0\"/>",
                    "<f t=\"shared\" si=\"0\" ref=\"A1:XFD1048576\">A1+B$2</f>",
                    "<f t=\"array\" ref=\"A1:XFD9\">1</f>",
                    "<mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>",
                    "t=\"d\"",
                    "t=\"e\"",
                    "t=\"b\"",
                    "t=\"str\"",
                    "t=\"inlineStr\"",
                    "s=\"-1\"",
                    "s=\"999999\"",
                    "r=\"A0\"",
                    "r=\"\"",
                    "si=\"-1\"",
                    "<!DOCTYPE a>",
                    "<![CDATA[",
                    "]]>",
                    "<!--",
                    "-->",
                    "&#0;",
                    "&#x10FFFF;",
                    "&amp;",
                    "&x;",
                    "\0",
                    "9".repeat(500),
                    "字".repeat(40_000),
                    "<a>".repeat(200),
                    "1E400",
                    "NaN",
                    "1e5",
                    "-0",
                    "encoding=\"UTF-16\"",
                    "xmlns=\"x\"",
                    "date1904=\"1\"",
                    "state=\"veryHidden\"",
                    "hidden=\"1\"",
                    "<sheetData>",
                    "</sheetData>",
                    "<sheet name=\"x\" r:id=\"rId1\"/>",
                    "Target=\"../x.xml\"",
                    "\u0301".repeat(40),
                    "\uD83D\uDE00",
                    "2147483648",
                    "-2147483648",
                    "4294967297");

    private final List<Map<String, byte[]>> books = new ArrayList<>();
    private final Map<String, Integer> outcomes = new TreeMap<>();

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void nothing_but_a_refusal_comes_of_a_broken_workbook() throws IOException {
        var seed = Long.getLong("fuzz.seed", System.nanoTime());
        var end =
                System.nanoTime() + Duration.ofSeconds(Long.getLong("fuzz.seconds", 60)).toNanos();
        books();
        long longest = 0;
        int tried = 0;
        for (; System.nanoTime() < end; tried++) {
            var random = new java.util.SplittableRandom(seed + tried);
            var content = broken(random);
            var from = System.nanoTime();
            outcome(content, seed + tried);
            var took = System.nanoTime() - from;
            longest = Math.max(longest, took);
            assertThat(Duration.ofNanos(took)).as("seed " + (seed + tried)).isLessThan(EACH_MAX);
        }
        System.out.printf(
                "fuzzed %d workbooks from seed %d, the longest took %d ms: %s%n",
                tried, seed, longest / 1_000_000, outcomes);
        assertThat(outcomes).as("some are still read").containsKey("read");
    }

    private void outcome(byte[] content, long seed) {
        try {
            var file = HandedIn.read(content);
            var layout = layout();
            file.guess(layout).values().forEach(file::headings);
            file.as(layout, file.guess(layout));
            outcomes.merge("read", 1, Integer::sum);
        } catch (Refusal refused) {
            outcomes.merge(refused.faults().getFirst().key(), 1, Integer::sum);
        } catch (RuntimeException | Error fault) {
            throw new AssertionError(
                    "seed "
                            + seed
                            + ": "
                            + HexFormat.of().formatHex(content, 0, Math.min(content.length, 4000)),
                    fault);
        }
    }

    private static Layout layout() {
        return new Layout(
                "t",
                "目录",
                "t",
                List.of(
                        new Layout.Sheet(
                                "t",
                                "目录",
                                "t",
                                List.of(
                                        new Layout.Column(
                                                "name",
                                                "信息资源名称",
                                                "Name",
                                                Layout.Need.MUST,
                                                "",
                                                "",
                                                "",
                                                List.of()),
                                        new Layout.Column(
                                                "cycle",
                                                "更新周期",
                                                "Cycle",
                                                Layout.Need.MAY,
                                                "",
                                                "",
                                                "",
                                                List.of())))));
    }

    private void books() throws IOException {
        books.add(
                parts(
                        new RawBook()
                                .sheet(
                                        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"><f t=\"shared\" si=\"0\" ref=\"B1:B9\">A1+1</f><v>2</v></c></row>"
                                                + "<row r=\"2\" hidden=\"1\"><c r=\"A2\" t=\"inlineStr\"><is><r><t>甲</t></r></is></c><c r=\"B2\"><f t=\"shared\" si=\"0\"/><v>3</v></c></row>",
                                        "<mergeCells count=\"1\"><mergeCell ref=\"A1:A2\"/></mergeCells>")
                                .bytes()));
        books.add(
                parts(
                        new TestBook()
                                .sheet(
                                        "目录",
                                        List.of(
                                                List.of("信息资源名称*", "更新周期*", "数据存储总量"),
                                                List.of("低保对象信息", "每月", 8.2),
                                                List.of("孤儿信息", "每年", 1.19901E17)),
                                        sheet -> sheet.range(1, 1, 2, 1).merge())
                                .sheet("信息项", List.of(List.of("信息项名称*"), List.of("姓名")))
                                .bytes()));
        var more = System.getProperty("fuzz.books");
        if (more == null) return;
        try (var files = Files.list(Path.of(more))) {
            for (var file : files.filter(it -> it.toString().endsWith(".xlsx")).sorted().toList())
                books.add(parts(Files.readAllBytes(file)));
        }
    }

    private static Map<String, byte[]> parts(byte[] book) {
        var parts = new LinkedHashMap<String, byte[]>();
        try (var zip =
                ZipFile.builder()
                        .setSeekableByteChannel(new SeekableInMemoryByteChannel(book))
                        .get()) {
            for (var entry : Collections.list(zip.getEntries()))
                try (var in = zip.getInputStream(entry)) {
                    parts.put(entry.getName(), in.readAllBytes());
                }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return parts;
    }

    private byte[] broken(RandomGenerator random) {
        var parts = new LinkedHashMap<>(books.get(random.nextInt(books.size())));
        var names = List.copyOf(parts.keySet());
        for (int times = 1 + random.nextInt(6); times > 0; times--) {
            var name = names.get(random.nextInt(names.size()));
            parts.put(name, broken(parts.get(name), random));
        }
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
                zip.closeEntry();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        var whole = bytes.toByteArray();
        // now and then the archive itself
        if (random.nextInt(8) == 0)
            for (int times = 1 + random.nextInt(8); times > 0; times--)
                whole[random.nextInt(whole.length)] = (byte) random.nextInt(256);
        return whole;
    }

    private static byte[] broken(byte[] part, RandomGenerator random) {
        if (part.length == 0) return part;
        var text = new String(part, StandardCharsets.UTF_8);
        int at = random.nextInt(text.length());
        switch (random.nextInt(7)) {
            case 0 -> {
                return (text.substring(0, at) + word(random) + text.substring(at))
                        .getBytes(StandardCharsets.UTF_8);
            }
            case 1 -> {
                // at a border between tags, where it is most often well-formed
                int tag = text.indexOf('<', at);
                if (tag < 0) return part;
                return (text.substring(0, tag) + word(random) + text.substring(tag))
                        .getBytes(StandardCharsets.UTF_8);
            }
            case 2 -> {
                int to = Math.min(text.length(), at + random.nextInt(200));
                return (text.substring(0, at) + text.substring(to))
                        .getBytes(StandardCharsets.UTF_8);
            }
            case 3 -> {
                int to = Math.min(text.length(), at + random.nextInt(300));
                return (text.substring(0, to)
                                + text.substring(at, to).repeat(1 + random.nextInt(50))
                                + text.substring(to))
                        .getBytes(StandardCharsets.UTF_8);
            }
            case 4 -> {
                // the value of an attribute
                int quote = text.indexOf("=\"", at);
                if (quote < 0) return part;
                int close = text.indexOf('"', quote + 2);
                if (close < 0) return part;
                return (text.substring(0, quote + 2)
                                + word(random).replaceAll("[<\"&]", "")
                                + text.substring(close))
                        .getBytes(StandardCharsets.UTF_8);
            }
            case 5 -> {
                // the text between two tags
                int from = text.indexOf('>', at);
                int to = from < 0 ? -1 : text.indexOf('<', from);
                if (to < 0) return part;
                return (text.substring(0, from + 1)
                                + word(random).replaceAll("[<&]", "")
                                + text.substring(to))
                        .getBytes(StandardCharsets.UTF_8);
            }
            default -> {
                var bytes = part.clone();
                for (int times = 1 + random.nextInt(4); times > 0; times--)
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                return bytes;
            }
        }
    }

    private static String word(RandomGenerator random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }
}
