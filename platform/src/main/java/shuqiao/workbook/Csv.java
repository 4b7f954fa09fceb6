package shuqiao.workbook;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import shuqiao.kernel.Invalid;

/**
 * Comma, semicolon or tab separated text, RFC 4180, in UTF-8 or in what a Chinese spreadsheet
 * program writes when nobody chooses: GB 18030.
 */
final class Csv {

    private static final Charset GB18030 = Charset.forName("GB18030");

    private Csv() {}

    /** Lines of cells; an empty line is one empty cell. */
    static List<List<String>> read(byte[] content) {
        var text = text(content);
        var separator = separator(text);
        var lines = new ArrayList<List<String>>();
        var line = new ArrayList<String>();
        var cell = new StringBuilder();
        boolean quoted = false;
        for (int at = 0; at < text.length(); at++) {
            var c = text.charAt(at);
            if (quoted) {
                if (c != '"') cell.append(c);
                else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
                    cell.append('"');
                    at++;
                } else quoted = false;
            } else if (c == '"' && cell.isEmpty()) quoted = true;
            else if (c == separator) {
                line.add(cell.toString());
                cell.setLength(0);
            } else if (c == '\n') {
                line.add(cell.toString());
                cell.setLength(0);
                lines.add(List.copyOf(line));
                line.clear();
            } else if (c != '\r') cell.append(c);
        }
        if (!cell.isEmpty() || !line.isEmpty()) {
            line.add(cell.toString());
            lines.add(List.copyOf(line));
        }
        return lines;
    }

    private static String text(byte[] content) {
        for (var charset : List.of(StandardCharsets.UTF_8, GB18030))
            try {
                var text = charset.newDecoder().decode(ByteBuffer.wrap(content)).toString();
                return text.startsWith("\uFEFF") ? text.substring(1) : text;
            } catch (CharacterCodingException _) {
                // the next one
            }
        throw Invalid.field("file", "workbook.no-workbook");
    }

    private static char separator(String text) {
        var first = text.lines().findFirst().orElse("");
        char best = ',';
        for (char candidate : new char[] {'\t', ';'})
            if (count(first, candidate) > count(first, best)) best = candidate;
        return best;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }
}
