package shuqiao.workbook;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import shuqiao.kernel.Invalid;

/**
 * The words of a text file in the encodings that offices of China save: UTF-8, UTF-16 with its mark
 * (「Unicode 文本」), GB 18030 and the code page 936, which is GBK with a € of one byte. Nothing is
 * replaced: a byte that stands for nothing is told with its line.
 */
final class PlainText {

    private static final Charset GB18030 = Charset.forName("GB18030");

    /** The € of code page 936. */
    private static final byte EURO = (byte) 0x80;

    /** So many times more whole characters than broken ones: UTF-8 that was damaged. */
    private static final int WHOLE_MIN = 10;

    private PlainText() {}

    /** Refuses what is text in none of them. */
    static String of(byte[] content) {
        if (isUtf16(content))
            return decoded(
                    content,
                    2,
                    content[0] == -1 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE);
        if (startsWith(content, 0xEF, 0xBB, 0xBF))
            return decoded(content, 3, StandardCharsets.UTF_8);
        var utf8 = Utf8.of(content);
        return utf8.broken() == 0 || utf8.whole() > WHOLE_MIN * utf8.broken()
                ? decoded(content, 0, StandardCharsets.UTF_8)
                : decoded(content, 0, GB18030);
    }

    static boolean isUtf16(byte[] content) {
        return startsWith(content, 0xFF, 0xFE) || startsWith(content, 0xFE, 0xFF);
    }

    private static boolean startsWith(byte[] content, int... begin) {
        if (content.length < begin.length) return false;
        for (int at = 0; at < begin.length; at++)
            if ((content[at] & 0xff) != begin[at]) return false;
        return true;
    }

    private static String decoded(byte[] content, int from, Charset charset) {
        var in = ByteBuffer.wrap(content, from, content.length - from);
        var decoder =
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        var out = CharBuffer.allocate(content.length - from + 1);
        while (true) {
            var result = decoder.decode(in, out, true);
            if (result.isUnderflow()) break;
            if (charset != GB18030 || in.get(in.position()) != EURO || !out.hasRemaining())
                throw broken(out, charset);
            in.get();
            out.put('€');
            decoder.reset();
        }
        return out.flip().toString();
    }

    private static Invalid broken(CharBuffer before, Charset charset) {
        var read = before.flip().toString();
        return Invalid.field(
                "file",
                "workbook.csv-encoding",
                Map.of(
                        "line",
                        read.replace("\r\n", "\n")
                                        .replace('\r', '\n')
                                        .chars()
                                        .filter(c -> c == '\n')
                                        .count()
                                + 1,
                        "encoding",
                        charset == GB18030 ? "GBK" : charset.name()));
    }

    /** How many characters of several bytes are whole, and how many bytes belong to none. */
    private record Utf8(int whole, int broken) {

        static Utf8 of(byte[] content) {
            int whole = 0;
            int broken = 0;
            for (int at = 0; at < content.length; at++) {
                int first = content[at] & 0xff;
                if (first < 0x80) continue;
                int more =
                        first >= 0xF0 && first < 0xF5
                                ? 3
                                : first >= 0xE0 && first < 0xF0
                                        ? 2
                                        : first >= 0xC2 && first < 0xE0 ? 1 : 0;
                int end = at + more;
                boolean right = more > 0 && end < content.length;
                for (int next = at + 1; right && next <= end; next++)
                    right = (content[next] & 0xC0) == 0x80;
                if (right) {
                    whole++;
                    at = end;
                } else broken++;
            }
            return new Utf8(whole, broken);
        }
    }
}
