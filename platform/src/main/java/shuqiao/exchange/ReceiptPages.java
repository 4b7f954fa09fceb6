package shuqiao.exchange;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.QRCodeWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import shuqiao.engine.proof.Checkpoint;
import shuqiao.engine.proof.Receipt;
import shuqiao.engine.proof.ReceiptJson;
import shuqiao.engine.proof.ReceiptVerifier;
import shuqiao.engine.proof.SignedNote;
import shuqiao.engine.proof.Verdict;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.BaseUrl;
import shuqiao.kernel.Clock;
import shuqiao.kernel.OrganizationNames;
import shuqiao.kernel.Role;
import shuqiao.kernel.Unknown;
import shuqiao.ledger.LedgerKeys;

/** The receipt of a run as a sheet of paper, checked anew each time it is opened. */
@Controller
class ReceiptPages {

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(Clock.ZONE);

    /** One check as it is shown: failed ones first. */
    record CheckLine(String name, boolean passed, String sentence) {}

    private final Exchange exchange;
    private final Receipts receipts;
    private final LedgerKeys keys;
    private final OrganizationNames names;
    private final BaseUrl baseUrl;
    private final InstantSource clock;

    ReceiptPages(
            Exchange exchange,
            Receipts receipts,
            LedgerKeys keys,
            OrganizationNames names,
            BaseUrl baseUrl,
            InstantSource clock) {
        this.exchange = exchange;
        this.receipts = receipts;
        this.keys = keys;
        this.names = names;
        this.baseUrl = baseUrl;
        this.clock = clock;
    }

    @GetMapping("/runs/{id}/receipt")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String receipt(Actor actor, @PathVariable String id, Locale locale, Model model)
            throws WriterException {
        var run = exchange.find(actor, id);
        var json = receipts.whole(actor, run);
        var receipt = ReceiptJson.parse(json);
        var verdict = ReceiptVerifier.verify(json, keys.publicKeys());
        model.addAttribute("run", run);
        model.addAttribute("receipt", receipt);
        model.addAttribute("provider", names.shortName(run.provider(), locale));
        model.addAttribute("consumer", names.shortName(run.consumer(), locale));
        model.addAttribute("from", SECOND.format(receipt.startedAt()));
        model.addAttribute("until", SECOND.format(receipt.finishedAt()));
        model.addAttribute("size", RunReports.size(receipt.bytes()));
        model.addAttribute("valid", verdict.isValid());
        model.addAttribute("checks", lines(verdict, locale));
        model.addAttribute("checkedAt", SECOND.format(clock.instant()));
        model.addAttribute("path", path(receipt));
        model.addAttribute("qr", qr(baseUrl.value() + "/ledger/receipts/" + id));
        model.addAttribute("fileName", fileName(run));
        return "exchange/receipt";
    }

    @GetMapping("/runs/{id}/receipt.json")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    ResponseEntity<String> download(Actor actor, @PathVariable String id) {
        var run = exchange.find(actor, id);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(fileName(run)).build().toString())
                .body(receipts.whole(actor, run));
    }

    /**
     * Where the code on the paper leads, for anybody: whether this receipt stands in the log, and
     * how it is checked. It says nothing of what the receipt contains. What was never issued, is
     * not issued yet and is no id at all has one answer.
     */
    @GetMapping("/ledger/receipts/{id}")
    @Allows(anyone = true)
    String standing(@PathVariable String id, Model model) {
        var standing = receipts.standing(id).orElseThrow(() -> new Unknown("receipt", id));
        model.addAttribute("id", id);
        model.addAttribute("standing", standing);
        return "exchange/receipt-standing";
    }

    private static String fileName(Run run) {
        return run.number() + "-receipt.json";
    }

    private static List<CheckLine> lines(Verdict verdict, Locale locale) {
        var english = locale.getLanguage().equals("en");
        return verdict.checks().stream()
                .map(check ->
                        new CheckLine(
                                check.name(),
                                check.passed(),
                                english ? check.english() : check.chinese()))
                .sorted(Comparator.comparing(CheckLine::passed))
                .toList();
    }

    private static ProofPath path(Receipt receipt) {
        var log = java.util.Objects.requireNonNull(receipt.log());
        var size = Checkpoint.parse(SignedNote.parse(log.checkpoint()).text()).size();
        return ProofPath.of(receipt.signedBytes(), log, size);
    }

    /** A QR code (ISO/IEC 18004) as one path of unit squares, with its width in squares. */
    record Qr(int width, String path) {}

    private static Qr qr(String text) throws WriterException {
        var matrix = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 1, 1);
        var squares = new ArrayList<String>();
        for (int y = 0; y < matrix.getHeight(); y++)
            for (int x = 0; x < matrix.getWidth(); x++) {
                int length = 0;
                while (x + length < matrix.getWidth() && matrix.get(x + length, y)) length++;
                if (length == 0) continue;
                squares.add("M%d %dh%dv1h-%dz".formatted(x, y, length, length));
                x += length;
            }
        return new Qr(matrix.getWidth(), String.join("", squares));
    }

    static String second(Instant at) {
        return SECOND.format(at);
    }
}
