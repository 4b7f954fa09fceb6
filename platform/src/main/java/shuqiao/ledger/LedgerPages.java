package shuqiao.ledger;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import shuqiao.engine.proof.PublicKeys;
import shuqiao.engine.proof.ReceiptVerifier;
import shuqiao.engine.proof.Verdict;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Refusal;
import shuqiao.shell.Forms;

/**
 * The log as everybody may see it: how large it is, who signs it, how a receipt is checked.
 * Visitors read it; to have a receipt checked here one is signed in.
 */
@Controller
@RequestMapping(LedgerPages.PATH)
class LedgerPages {

    static final String PATH = "/ledger";

    private static final int RECEIPT_MAX = 200_000;

    /** One check in the reader's language, a failed one first. */
    record Line(boolean passed, String words) {}

    private final TreeTable tree;
    private final LedgerKeys keys;
    private final Forms forms;

    LedgerPages(TreeTable tree, LedgerKeys keys, Forms forms) {
        this.tree = tree;
        this.keys = keys;
        this.forms = forms;
    }

    @GetMapping
    @Allows(anyone = true)
    String show(Model model) {
        return show("", model);
    }

    @PostMapping("/verification")
    @Allows
    String verify(
            @RequestParam(defaultValue = "") String receipt,
            @RequestParam(required = false) @Nullable MultipartFile file,
            Locale locale,
            Model model,
            HttpServletResponse response)
            throws IOException {
        var text =
                file == null || file.isEmpty()
                        ? receipt.strip()
                        : new String(file.getBytes(), StandardCharsets.UTF_8);
        try {
            if (text.isEmpty()) throw Invalid.field("receipt", "ledger.no-receipt");
            if (text.length() > RECEIPT_MAX) throw Invalid.field("receipt", "ledger.no-receipt");
        } catch (Refusal refused) {
            forms.show(model, refused, locale);
            response.setStatus(refused.kind().status());
            return show(receipt, model);
        }
        var verdict = ReceiptVerifier.verify(text, keys.publicKeys());
        model.addAttribute("valid", verdict.isValid());
        model.addAttribute("checks", lines(verdict, locale));
        return show(text, model);
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
