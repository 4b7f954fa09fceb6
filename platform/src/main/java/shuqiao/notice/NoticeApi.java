package shuqiao.notice;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Page;

@RestController
@RequestMapping("/api/v1/notices")
@Tag(name = "notices", description = "What the caller was told 消息")
class NoticeApi {

    /** A notice as programs see it, its sentence in their language. */
    record View(
            long id,
            String key,
            String sentence,
            Map<String, Object> facts,
            String path,
            Instant toldAt,
            @Nullable Instant readAt) {}

    /** How many were marked. */
    record Marked(int marked) {}

    private final NoticeBoard board;
    private final Sentences sentences;

    NoticeApi(NoticeBoard board, Sentences sentences) {
        this.board = board;
        this.sentences = sentences;
    }

    @GetMapping
    @Allows
    @Operation(
            operationId = "listNotices",
            summary = "Notices of the caller, those not read yet first 查消息")
    Page<View> list(
            Actor actor,
            Locale locale,
            @RequestParam(defaultValue = "false") boolean unread,
            @RequestParam(required = false) @Nullable String room,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return board.list(
                        actor,
                        new NoticeBoard.Asked(unread, room),
                        Page.Request.of(limit, after == null ? "0" : after))
                .map(it -> view(it, locale));
    }

    @PostMapping("/{id}/reading")
    @Allows
    @Operation(operationId = "readNotice", summary = "Mark one as read 标为已读")
    View read(Actor actor, Locale locale, @PathVariable long id) {
        return view(board.read(actor, id), locale);
    }

    @PostMapping("/reading")
    @Allows
    @Operation(operationId = "readAllNotices", summary = "Mark all as read 全部标为已读")
    Marked readAll(Actor actor) {
        return new Marked(board.readAll(actor));
    }

    private View view(Told it, Locale locale) {
        return new View(
                it.id(),
                it.key(),
                sentences.of(it, locale),
                it.facts(),
                it.path(),
                it.toldAt(),
                it.readAt().orElse(null));
    }
}
