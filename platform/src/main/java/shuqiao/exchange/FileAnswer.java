package shuqiao.exchange;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.VisibleText;

/**
 * Sends a file whole or from where a broken download stopped (RFC 9110, clause 14). Its digest is
 * its strong validator; several ranges at once are answered with the whole.
 */
@Component
class FileAnswer {

    private static final int PART = 128 << 10;
    private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(500);

    /** What a request asks for, of a file of so many bytes. */
    record Part(long from, long length, boolean whole) {

        long last() {
            return from + length - 1;
        }
    }

    private final RunFiles files;

    FileAnswer(RunFiles files) {
        this.files = files;
    }

    /** Answers with the file, with a part of it, or with all files of the run in one. */
    void answer(
            Actor actor,
            String run,
            String name,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (name.equals(RunFiles.PACKAGE)) {
            packed(actor, run, response);
            return;
        }
        var file = files.look(actor, run, name).file();
        describe(response, file);
        if (tag(file).equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        var part = part(request, file);
        if (part == null) {
            unsatisfiable(response, file);
            return;
        }
        if (request.getMethod().equals("HEAD")) {
            response.setContentLengthLong(file.bytes());
            return;
        }
        var open = files.take(actor, run, name, part.from());
        send(response, open, part);
    }

    private void packed(Actor actor, String run, HttpServletResponse response) throws IOException {
        var all = files.takeAll(actor, run);
        response.setContentType("application/zip");
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "none");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-store");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                disposition(FileDelivery.title(all.getFirst().run()) + ".zip"));
        files.pack(all, response.getOutputStream());
    }

    static String tag(RunFile file) {
        return '"' + file.sha256() + '"';
    }

    /** Null when no byte of the file is in the range. */
    static @Nullable Part part(HttpServletRequest request, RunFile file) {
        var whole = new Part(0, file.bytes(), true);
        var wanted = request.getHeader(HttpHeaders.RANGE);
        var condition = request.getHeader(HttpHeaders.IF_RANGE);
        if (wanted == null || condition != null && !condition.equals(tag(file))) return whole;
        List<HttpRange> ranges;
        try {
            ranges = HttpRange.parseRanges(wanted);
        } catch (IllegalArgumentException unknown) {
            return whole; // a unit or a form that we do not know is to be ignored
        }
        if (ranges.size() != 1) return whole;
        var range = ranges.getFirst();
        try {
            var from = range.getRangeStart(file.bytes());
            var last = Math.min(range.getRangeEnd(file.bytes()), file.bytes() - 1);
            return from > last ? null : new Part(from, last - from + 1, false);
        } catch (IllegalArgumentException outside) {
            return null;
        }
    }

    /** Heads that a file has in every answer. */
    static void describe(HttpServletResponse response, RunFile file) {
        response.setContentType(file.mediaType());
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        response.setHeader(HttpHeaders.ETAG, tag(file));
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-store");
        response.setDateHeader(HttpHeaders.LAST_MODIFIED, file.madeAt().toEpochMilli());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, disposition(file.title()));
        response.setHeader("Repr-Digest", "sha-256=:" + base64(file.sha256()) + ":");
    }

    static String disposition(String title) {
        return ContentDisposition.attachment()
                .filename(VisibleText.fileName(title), StandardCharsets.UTF_8)
                .build()
                .toString();
    }

    private static String base64(String hex) {
        return java.util.Base64.getEncoder().encodeToString(java.util.HexFormat.of().parseHex(hex));
    }

    static void unsatisfiable(HttpServletResponse response, RunFile file) {
        response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + file.bytes());
        response.setStatus(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
    }

    /**
     * Sends the bytes.
     *
     * @throws EOFException when they may flow no longer; the reader sees a broken download
     */
    private void send(HttpServletResponse response, RunFiles.Open open, Part part)
            throws IOException {
        if (!part.whole()) {
            response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
            response.setHeader(
                    HttpHeaders.CONTENT_RANGE,
                    "bytes %d-%d/%d".formatted(part.from(), part.last(), open.file().bytes()));
        }
        response.setContentLengthLong(part.length());
        var out = response.getOutputStream();
        var buffer = ByteBuffer.allocate(PART);
        var looked = System.nanoTime();
        try (var in = FileChannel.open(open.path(), StandardOpenOption.READ)) {
            in.position(part.from());
            for (var rest = part.length(); rest > 0; ) {
                var now = System.nanoTime();
                if (now - looked > LOOK_EVERY) {
                    looked = now;
                    if (!files.mayFlow(open)) throw new EOFException("the grant has ended");
                }
                buffer.clear().limit((int) Math.min(PART, rest));
                var count = in.read(buffer);
                if (count < 0) throw new EOFException("the file is shorter than it was");
                out.write(buffer.array(), 0, count);
                rest -= count;
            }
        }
    }
}
