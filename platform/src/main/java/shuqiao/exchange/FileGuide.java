package shuqiao.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import shuqiao.catalog.Item;
import shuqiao.engine.FileFormat;
import shuqiao.engine.FileResult;
import shuqiao.engine.TargetColumn;
import shuqiao.kernel.BaseUrl;
import shuqiao.kernel.CsvCell;
import shuqiao.kernel.Messages;
import shuqiao.sharing.Grant;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What lies beside the rows of a file: the data dictionary for people, the manifest for programs.
 */
@Component
class FileGuide {

    private static final String BOM = "\uFEFF";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** All that is told of a delivery. */
    record Told(
            Run run,
            Grant grant,
            Run.Target.File into,
            FileResult result,
            Map<String, Item> items,
            Optional<String> watermark,
            RunFile data) {}

    private final MessageSource messages;
    private final BaseUrl platform;

    FileGuide(MessageSource messages, BaseUrl platform) {
        this.messages = messages;
        this.platform = platform;
    }

    /** One line for each column, in their order. */
    String dictionary(Told told) {
        var lines = new ArrayList<List<String>>();
        lines.add(
                List.of(
                        "序号", "信息项", "列", "数据类型", "列类型", "长度", "可为空", "主键", "脱敏", "说明", "值域",
                        "注意"));
        var number = 0;
        for (var column : told.result().columns()) {
            var item = Optional.ofNullable(told.items().get(column.name()));
            var mask = Optional.ofNullable(told.grant().scope().masks().get(column.name()));
            lines.add(
                    List.of(
                            String.valueOf(++number),
                            item.map(Item::name).orElse(""),
                            column.name(),
                            item.map(Item::dataType).map(it -> word("DataType." + it)).orElse(""),
                            column.type(),
                            item.map(Item::length).map(String::valueOf).orElse(""),
                            column.nullable() ? "是" : "否",
                            item.filter(Item::key).isPresent() ? "是" : "否",
                            mask.map(it -> it.rule() + "　" + word("Mask." + it.rule())).orElse(""),
                            item.map(Item::description).orElse(""),
                            item.map(Item::codes).orElse(""),
                            caution(told, column)));
        }
        return BOM
                + lines.stream()
                        .map(line ->
                                line.stream()
                                        .map(CsvCell::safe)
                                        .map(FileGuide::quoted)
                                        .collect(Collectors.joining(",")))
                        .collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    /** What a program may take otherwise than it is meant. */
    private static String caution(Told told, TargetColumn column) {
        var cautions = new ArrayList<String>();
        for (var other : told.result().columns())
            if (other.name().equalsIgnoreCase(column.name()) && !other.name().equals(column.name()))
                cautions.add("列名与「" + other.name() + "」只有大小写不同");
        if (told.result().texts().contains(column.name()))
            cautions.add("有的数超过 15 位或不是数，整列以文本写入，求和前请先处理");
        if (isOne(told) && column.nullable() && told.into().format() != FileFormat.PARQUET)
            cautions.add("空值是空行，跳过空行的程序读到的行数会少");
        return String.join("；", cautions);
    }

    private String word(String key) {
        return Messages.sentence(messages, key, Map.of(), Messages.CHINESE);
    }

    private static String quoted(String word) {
        return word.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + word.replace("\"", "\"\"") + '"'
                : word;
    }

    String manifest(Told told, RunFile dictionary) {
        var run = told.run();
        var grant = told.grant();
        var all = new LinkedHashMap<String, Object>();
        all.put("manifest", "shuqiao-file/1");
        all.put("platform", platform.value());
        all.put("run", run.id());
        all.put("number", run.number());
        all.put("grant", grant.number());
        all.put("resource", grant.code());
        all.put("version", grant.version());
        all.put("title", grant.title());
        all.put("provider", grant.provider());
        all.put("consumer", grant.consumer());
        all.put("rail", "file");
        all.put("mode", "snapshot");
        all.put("askedBy", run.askedBy());
        all.put("startedAt", told.result().startedAt().toString());
        all.put("finishedAt", told.result().finishedAt().toString());
        all.put("expiresAt", told.data().expiresAt().toString());
        all.put("rows", told.result().rowsWritten());
        all.put("scopeDigest", grant.digest());
        all.put("scope", JSON.readTree(grant.scope().canonicalJson()));
        all.put("fields", fields(told));
        all.put("format", format(told));
        if (!told.result().notes().isEmpty()) all.put("notes", told.result().notes());
        told.watermark().ifPresent(it -> all.put("watermark", it));
        all.put("files", List.of(file(told.data()), file(dictionary)));
        return JSON.writeValueAsString(all) + "\n";
    }

    private static List<Map<String, Object>> fields(Told told) {
        var fields = new ArrayList<Map<String, Object>>();
        for (var column : told.result().columns()) {
            var field = new LinkedHashMap<String, Object>();
            field.put("name", column.name());
            var item = told.items().get(column.name());
            if (item != null) field.put("item", item.name());
            field.put("type", column.type());
            var mask = told.grant().scope().masks().get(column.name());
            if (mask != null) field.put("mask", mask.rule());
            if (told.result().texts().contains(column.name())) field.put("writtenAs", "text");
            fields.add(field);
        }
        return fields;
    }

    private static Map<String, Object> format(Told told) {
        var format = new LinkedHashMap<String, Object>();
        format.put("name", told.into().format().word());
        switch (told.into().format()) {
            case CSV -> {
                format.put("encoding", "UTF-8 with BOM");
                format.put("separator", ",");
                format.put("lineEnd", "CRLF");
                format.put("null", isOne(told) ? "empty line" : "empty field");
                format.put("emptyText", "\"\"");
                format.put("guarded", told.into().guarded());
                format.put("watermark", told.watermark().isPresent() ? "last line" : "none");
            }
            case XLSX -> {
                format.put("sheets", told.result().sheets());
                format.put("null", "no cell");
                format.put(
                        "numbers",
                        "as numbers; a field with longer ones than 15 digits as text throughout");
                format.put("watermark", told.watermark().isPresent() ? "last sheet" : "none");
            }
            case PARQUET -> {
                format.put("compression", "gzip");
                format.put(
                        "watermark",
                        told.watermark().isPresent() ? "shuqiao.watermark of the footer" : "none");
            }
        }
        return format;
    }

    private static boolean isOne(Told told) {
        return told.result().columns().size() == 1;
    }

    private static Map<String, Object> file(RunFile file) {
        var it = new LinkedHashMap<String, Object>();
        it.put("name", file.name());
        it.put("title", file.title());
        it.put("bytes", file.bytes());
        it.put("sha256", file.sha256());
        return it;
    }
}
