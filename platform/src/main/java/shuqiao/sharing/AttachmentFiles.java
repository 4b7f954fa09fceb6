package shuqiao.sharing;

import java.nio.charset.StandardCharsets;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import shuqiao.kernel.VisibleText;

/** A stored file on its way out: always to be saved, never to be shown inside our pages. */
final class AttachmentFiles {

    private AttachmentFiles() {}

    static ResponseEntity<byte[]> answer(Attachment it, byte[] content) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(it.kind().mediaType()))
                .contentLength(content.length)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(VisibleText.fileName(it.name()), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .header("X-Content-Type-Options", "nosniff")
                .body(content);
    }
}
