package shuqiao.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.text.PDFMarkedContentExtractor;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shuqiao.City;
import shuqiao.Visitor;
import shuqiao.kernel.Role;

/** The letter as a PDF file, read with another program's eyes. */
class LetterPaperTests extends SharingGround {

    private static final String PASSWORD = "Reader-2026-x!";

    private Visitor consumer;

    @BeforeEach
    void log_in() {
        city.person("letter.police", PASSWORD, City.POLICE, Role.STEWARD);
        city.person("letter.stranger", PASSWORD, City.BUREAU, Role.STEWARD);
        consumer = visitor("letter.police");
    }

    private Visitor visitor(String name) {
        return city.visitor(name, PASSWORD);
    }

    private long answered() {
        var id = prepared(ask(conditional()));
        step(
                reviewer,
                id,
                "decision",
                Map.of(
                        "outcome",
                        "GRANT_IN_PART",
                        "reason",
                        "出生日期不是核对所必需",
                        "opinion",
                        "同意用于核对。",
                        "fields",
                        List.of("code", "name"),
                        "masks",
                        Map.of("name", "name"),
                        "filter",
                        List.of(Map.of("field", "code", "op", "like", "value", "9901%"))));
        return id;
    }

    @Test
    void says_what_the_page_says() throws IOException {
        var id = answered();
        var request = read(police, id);
        var grant = grants.grant(request.<Number>at("$.grant").longValue()).orElseThrow();

        try (var file = opened(consumer.download("/requests/" + id + "/letter.pdf?lang=zh"))) {
            assertThat(flat(file))
                    .contains(
                            "政务数据共享申请答复书",
                            request.<String>at("$.number"),
                            "市公安局：",
                            "部分同意",
                            "提供的信息项（2项）",
                            "只留第一个字",
                            "9901%",
                            "出生日期不是核对所必需",
                            "同意用于核对。",
                            grant.number(),
                            grant.from() + "至" + grant.until(),
                            grant.digest(),
                            "/requests/" + id + "/letter",
                            "市民政局",
                            "2026-09-24",
                            "第1页，共1页")
                    .doesNotContain("??");
            assertThat(file.getDocumentCatalog().getLanguage()).isEqualTo("zh-CN");
            assertThat(file.getDocumentInformation().getTitle())
                    .isEqualTo("政务数据共享申请答复书 " + request.<String>at("$.number"));
            assertThat(file.getPage(0).getMediaBox().getWidth()).isBetween(595f, 596f);
        }
    }

    @Test
    void speaks_english_to_who_reads_english() throws IOException {
        var id = answered();

        try (var file = opened(consumer.download("/requests/" + id + "/letter.pdf?lang=en"))) {
            assertThat(flat(file))
                    .contains("Replytoarequest", "grantedinpart", "Page1of1", "firstcharacteronly");
            assertThat(file.getDocumentCatalog().getLanguage()).isEqualTo("en");
        }
    }

    @Test
    void is_a_file_for_those_who_may_read_the_page() {
        var id = prepared(ask(conditional()));
        var path = "/requests/" + id + "/letter.pdf";
        assertThat(consumer.get(path).statusCode()).isEqualTo(404);
        step(reviewer, id, "decision", Map.of("outcome", "GRANT"));

        var answer = consumer.get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/pdf");
        assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment")
                .contains("filename*=UTF-8''%E7%AD%94%E5%A4%8D%E4%B9%A6-SQ-2026-");
        assertThat(visitor("letter.stranger").get(path).statusCode()).isEqualTo(404);
        assertThat(new Visitor(city).get(path).uri().getPath()).isEqualTo("/login");
        assertThat(consumer.get("/requests/" + id + "/letter").body())
                .contains("href=\"" + path + "\"");
    }

    @Test
    void a_long_letter_goes_on_over_sheets_and_loses_nothing() throws IOException {
        var id = prepared(ask(conditional()));
        var reason = "依据《某法》第一条，不得提供；".repeat(130);
        step(
                reviewer,
                id,
                "decision",
                Map.of(
                        "outcome",
                        "REFUSE",
                        "reason",
                        reason,
                        "basisKind",
                        "LAW",
                        "basis",
                        "《某法》第二条 Article 2"));

        try (var file = opened(consumer.download("/requests/" + id + "/letter.pdf?lang=zh"))) {
            assertThat(file.getNumberOfPages()).isGreaterThan(1);
            var foot = "第" + file.getNumberOfPages() + "页，共" + file.getNumberOfPages() + "页";
            assertThat(flat(file)).contains("不同意提供", "《某法》第二条Article2", foot);
            var text = flat(file).replaceAll("第\\d页，共\\d页", "");
            assertThat(text.split("不得提供；", -1)).hasSize(131);
        }
    }

    @Test
    void every_text_is_tagged_for_readers() throws IOException {
        try (var file =
                opened(consumer.download("/requests/" + answered() + "/letter.pdf?lang=zh"))) {
            var catalog = file.getDocumentCatalog();
            assertThat(catalog.getMarkInfo().isMarked()).isTrue();
            var document = (PDStructureElement) catalog.getStructureTreeRoot().getKids().getFirst();
            assertThat(document.getKids())
                    .extracting(it -> ((PDStructureElement) it).getStructureType())
                    .startsWith("H1", "P", "P", "P", "Table", "Table");
            var marked = new PDFMarkedContentExtractor();
            marked.processPage(file.getPage(0));
            assertThat(marked.getMarkedContents())
                    .allSatisfy(it ->
                            assertThat(it.getTag().equals("Artifact") || it.getMCID() >= 0)
                                    .isTrue())
                    .anySatisfy(it -> assertThat(it.getTag()).isEqualTo("H1"));
        }
    }

    @Test
    void no_line_is_too_wide_begins_with_a_comma_or_loses_a_character() {
        var random = new Random(9704);
        var signs = "，。、；：！？）》」（《「“”数据共享条例abc def12 3.5%-—…";
        for (int i = 0; i < 2_000; i++) {
            var text = new StringBuilder("起");
            for (int k = random.nextInt(120); k > 0; k--)
                text.append(signs.charAt(random.nextInt(signs.length())));
            for (var locale : List.of(Locale.CHINESE, Locale.ENGLISH)) {
                var type = new Type(locale);
                var lines = type.lines(text.toString(), 12, 200, 24);

                assertThat(String.join("", lines).replace(" ", ""))
                        .isEqualTo(text.toString().replace(" ", ""));
                for (var line : lines)
                    assertThat(type.width(line, 12)).as(line).isLessThanOrEqualTo(200);
            }
        }
        assertThat(new Type(Locale.CHINESE).lines("数据数据数据，数据数据", 10, 60, 0))
                .containsExactly("数据数据数", "据，数据数据");
        assertThat(new Type(Locale.CHINESE).lines("数据数据数（据）数据", 10, 60, 0))
                .containsExactly("数据数据数", "（据）数据");
        assertThat(new Type(Locale.ENGLISH).lines("government data shared", 10, 60, 0))
                .containsExactly("government", "data shared");
    }

    @Test
    void latin_widths_are_those_of_the_face() throws IOException {
        var times = new PDType1Font(Standard14Fonts.FontName.TIMES_ROMAN);
        var type = new Type(Locale.ENGLISH);
        for (char c = ' '; c <= '~'; c++) {
            var text = String.valueOf(c);
            assertThat(type.width(text, 1000)).as(text).isEqualTo(times.getStringWidth(text));
        }
        for (var more : "‘’“”–—…•·".split(""))
            assertThat(type.width(more, 1000)).as(more).isEqualTo(times.getStringWidth(more));
    }

    private static PDDocument opened(byte[] file) throws IOException {
        return Loader.loadPDF(file);
    }

    /** All text without blanks and line ends, for a line may end anywhere. */
    private static String flat(PDDocument file) throws IOException {
        return new PDFTextStripper().getText(file).replaceAll("\\s+", "");
    }
}
