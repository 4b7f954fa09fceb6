package shuqiao.notice;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.Unknown;

@RestController
@RequestMapping("/api/v1/mail")
@Tag(name = "mail", description = "Notices by mail: hours, server, queue 消息邮件")
class MailApi {

    /** The server without its password. */
    record ServerView(
            boolean enabled,
            String host,
            int port,
            MailServer.Security security,
            String username,
            boolean passwordKnown,
            String sender) {

        static ServerView of(MailServer it) {
            return new ServerView(
                    it.enabled(),
                    it.host(),
                    it.port(),
                    it.security(),
                    it.username(),
                    !it.password().isEmpty(),
                    it.sender());
        }
    }

    record HoursView(String from, String until) {
        static HoursView of(DeliveryHours it) {
            return new HoursView(it.from().toString(), it.until().toString());
        }
    }

    /** Whom to send the test to. */
    record Test(@Nullable String to) {

        @Override
        public String toString() {
            return "Test";
        }
    }

    /** A letter of the queue: what became of it, not what it says. */
    record QueueView(
            long id,
            String receiver,
            Wish.How kind,
            Mail.State state,
            int attempts,
            @Nullable Instant nextAt,
            @Nullable String fault,
            Instant madeAt,
            @Nullable Instant endedAt) {

        static QueueView of(Mail it) {
            return new QueueView(
                    it.id(),
                    it.receiver(),
                    it.kind(),
                    it.state(),
                    it.attempts(),
                    it.state() == Mail.State.WAITING ? it.nextAt() : null,
                    it.fault().isEmpty() ? null : it.fault(),
                    it.madeAt(),
                    it.endedAt().orElse(null));
        }
    }

    private final Mails mails;

    /** How many days a notice is kept. */
    record KeepingView(@Nullable Integer days) {}

    private final Delivery delivery;
    private final Keeping keeping;

    MailApi(Mails mails, Delivery delivery, Keeping keeping) {
        this.mails = mails;
        this.delivery = delivery;
        this.keeping = keeping;
    }

    @GetMapping("/keeping")
    @Allows(Role.SYSTEM_ADMIN)
    @Operation(operationId = "getNoticeKeeping", summary = "How long notices are kept 查消息保留期")
    KeepingView keeping(Actor actor) {
        return new KeepingView(keeping.days(actor));
    }

    @PutMapping("/keeping")
    @Allows(Role.SYSTEM_ADMIN)
    @Operation(operationId = "changeNoticeKeeping", summary = "Keep them longer or shorter 修改消息保留期")
    KeepingView change(Actor actor, @RequestBody KeepingView wanted) {
        var days = wanted.days();
        return new KeepingView(
                keeping.change(actor, new Keeping.Entry(days == null ? "" : days.toString())));
    }

    @GetMapping("/hours")
    @Allows(Role.SYSTEM_ADMIN)
    @Operation(operationId = "getDeliveryHours", summary = "When people may be reached 查送达时段")
    HoursView hours(Actor actor) {
        return HoursView.of(delivery.hours(actor));
    }

    @PutMapping("/hours")
    @Allows(Role.SYSTEM_ADMIN)
    @Operation(operationId = "changeDeliveryHours", summary = "Set these hours 修改送达时段")
    HoursView change(Actor actor, @RequestBody Delivery.Entry wanted) {
        return HoursView.of(delivery.change(actor, wanted));
    }

    @GetMapping("/server")
    @Allows(Role.SYSTEM_ADMIN)
    @Operation(operationId = "getMailServer", summary = "The mail server 查邮件服务器")
    ServerView server(Actor actor) {
        return mails.server(actor)
                .map(ServerView::of)
                .orElseThrow(() -> new Unknown("mail-server", 1));
    }

    @PutMapping("/server")
    @Allows(Role.SYSTEM_ADMIN)
    @Operation(operationId = "changeMailServer", summary = "Name the mail server 设置邮件服务器")
    ServerView change(Actor actor, @RequestBody Mails.ServerEntry wanted) {
        return ServerView.of(mails.change(actor, wanted));
    }

    @PostMapping("/test")
    @Allows(Role.SYSTEM_ADMIN)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "sendTestMail", summary = "Send a letter now 发送测试邮件")
    void test(Actor actor, Locale locale, @RequestBody Test test) {
        mails.test(actor, test.to(), locale);
    }

    @GetMapping("/queue")
    @Allows(Role.SYSTEM_ADMIN)
    @Operation(operationId = "listMail", summary = "The queue, newest first 查发信队列")
    Page<QueueView> queue(
            Actor actor,
            @RequestParam(required = false) Mail.@Nullable State state,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return mails.queue(actor, state, Page.Request.of(limit, after)).map(QueueView::of);
    }

    @PostMapping("/queue/{id}/again")
    @Allows(Role.SYSTEM_ADMIN)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "sendMailAgain", summary = "Try a failed letter again 再次发送")
    void again(Actor actor, @PathVariable long id) {
        mails.again(actor, id);
    }

    @GetMapping("/wish")
    @Allows
    @Operation(operationId = "getMailWish", summary = "What the caller wants by mail 查消息设置")
    Map<String, String> wish(Actor actor, Locale locale) {
        return view(mails.wish(actor, locale.getLanguage().equals("en") ? "en" : "zh"));
    }

    @PutMapping("/wish")
    @Allows
    @Operation(operationId = "changeMailWish", summary = "Choose what comes by mail 修改消息设置")
    Map<String, String> change(Actor actor, @RequestBody Mails.WishEntry wanted) {
        return view(mails.change(actor, wanted));
    }

    private static Map<String, String> view(Wish it) {
        return Map.of("mail", it.mail().name(), "address", it.address(), "language", it.language());
    }
}
