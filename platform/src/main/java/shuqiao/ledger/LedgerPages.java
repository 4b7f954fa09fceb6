package shuqiao.ledger;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import shuqiao.engine.proof.PublicKeys;
import shuqiao.engine.proof.ReceiptJson;
import shuqiao.engine.proof.Verdict;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Refusal;
import shuqiao.shell.Forms;

/**
 * The log as everybody may see it: how large it is, who signs it, how a receipt is checked. A
 * visitor pastes a receipt and has it checked too, within {@link ReceiptChecks}.
 */
@Controller
@RequestMapping(LedgerPages.PATH)
class LedgerPages {

    static final String PATH = "/ledger";

    /** Characters; a receipt has a few thousand. */
    static final int RECEIPT_MAX = 200_000;

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(Clock.ZONE);

    /** One check in the reader's language, a failed one first. */
    record Line(boolean passed, String words) {}

    private final TreeTable tree;
    private final LedgerKeys keys;
    private final ReceiptChecks receiptChecks;
    private final Forms forms;

    LedgerPages(TreeTable tree, LedgerKeys keys, ReceiptChecks receiptChecks, Forms forms) {
        this.tree = tree;
        this.keys = keys;
        this.receiptChecks = receiptChecks;
        this.forms = forms;
    }

    @GetMapping
    @Allows(anyone = true)
    String show(Model model) {
        return show("", model);
    }

    /** Files come from the signed-in alone; a visitor's browser puts the file into the text. */
    @PostMapping("/verification")
    @Allows(anyone = true)
    String verify(
            @RequestAttribute(name = Actor.ATTRIBUTE, required = false) @Nullable Actor actor,
            @RequestParam(defaultValue = "") String receipt,
            @RequestParam(required = false) @Nullable MultipartFile file,
            Locale locale,
            Model model,
            HttpServletResponse response)
            throws IOException {
        String text;
        try {
            text = text(receipt, file);
        } catch (Refusal refused) {
            forms.show(model, refused, locale);
            response.setStatus(refused.kind().status());
            return show("", model);
        }
        var verdict = receiptChecks.check(text, actor == null);
        model.addAttribute("valid", verdict.isValid());
        model.addAttribute("checks", lines(verdict, locale));
        if (verdict.isValid()) model.addAttribute("told", ReceiptJson.parse(text));
        model.addAttribute("seconds", SECOND);
        return show(text, model);
    }

    private static String text(String receipt, @Nullable MultipartFile file) throws IOException {
        var none = Invalid.field("receipt", "ledger.no-receipt");
        if (file != null && file.getSize() > 4L * RECEIPT_MAX) throw none;
        var text =
                file == null || file.isEmpty()
                        ? receipt.strip()
                        : new String(file.getBytes(), StandardCharsets.UTF_8);
        if (text.isEmpty() || text.length() > RECEIPT_MAX) throw none;
        return text;
    }

    private String show(String receipt, Model model) {
        var latest = tree.latest().orElse(null);
        model.addAttribute("latest", latest);
        model.addAttribute("zone", Clock.ZONE);
        model.addAttribute("origin", keys.origin());
        model.addAttribute("keys", keys.publicKeys().keys());
        model.addAttribute("receipt", receipt);
        model.addAttribute("forReceipts", PublicKeys.RECEIPT);
        return "ledger/ledger";
    }

    private static List<Line> lines(Verdict verdict, Locale locale) {
        var english = locale.getLanguage().equals("en");
        return verdict.checks().stream()
                .map(check -> new Line(check.passed(), english ? check.english() : check.chinese()))
                .sorted(Comparator.comparing(Line::passed))
                .toList();
    }
}
