package shuqiao.sharing;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Role;

@RestController
@RequestMapping("/api/v1/requests/{id}/attachments")
@Tag(name = "requests")
class AttachmentApi {

    record View(
            long id,
            String name,
            FileKind kind,
            String mediaType,
            long size,
            String sha256,
            String addedBy,
            Instant addedAt) {}

    private final Attachments attachments;

    AttachmentApi(Attachments attachments) {
        this.attachments = attachments;
    }

    @GetMapping
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    @Operation(operationId = "listAttachments", summary = "Files of a request 查附件")
    List<View> list(Actor actor, @PathVariable long id) {
        return attachments.list(actor, id).stream().map(AttachmentApi::view).toList();
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Allows(Role.STEWARD)
    @Operation(
            operationId = "addAttachment",
            summary = "Add a PDF, OFD, PNG or JPEG of at most 20 MB 添加附件")
    ResponseEntity<View> add(
            Actor actor, @PathVariable long id, @RequestPart("file") MultipartFile file)
            throws IOException {
        var added = attachments.add(actor, id, file.getOriginalFilename(), file.getBytes());
        return ResponseEntity.status(HttpStatus.CREATED).body(view(added));
    }

    @GetMapping("/{attachment}")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    @Operation(operationId = "getAttachment", summary = "The file itself 下载附件")
    ResponseEntity<byte[]> content(
            Actor actor, @PathVariable long id, @PathVariable long attachment) {
        return AttachmentFiles.answer(
                attachments.find(actor, id, attachment),
                attachments.content(actor, id, attachment));
    }

    @DeleteMapping("/{attachment}")
    @Allows(Role.STEWARD)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "removeAttachment", summary = "Take a file away again 删除附件")
    void remove(Actor actor, @PathVariable long id, @PathVariable long attachment) {
        attachments.remove(actor, id, attachment);
    }

    private static View view(Attachment it) {
        return new View(
                it.id(),
                it.name(),
                it.kind(),
                it.kind().mediaType(),
                it.size(),
                it.sha256(),
                it.addedBy(),
                it.addedAt());
    }
}
