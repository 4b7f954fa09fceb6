package shuqiao.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import shuqiao.engine.DatabaseAddress;
import shuqiao.engine.proof.Receipt;

/** What a receipt says is fit to be signed, whatever names others gave to their things. */
class ReceiptNotesTests {

    private static String digest(String text) throws Exception {
        return HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256")
                                .digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void an_address_is_told_by_a_digest_that_anybody_can_compute_who_knows_it() throws Exception {
        assertThat(
                        ReceiptNotes.address(
                                "source",
                                new DatabaseAddress("DB.Example", 5432, "city", Optional.empty())))
                .isEqualTo("source sha256:" + digest("db.example:5432/city"));
        assertThat(
                        ReceiptNotes.address(
                                "target",
                                new DatabaseAddress("FE80::1", 5433, "市", Optional.empty())))
                .isEqualTo("target sha256:" + digest("[fe80::1]:5433/市"));
    }

    @Test
    void names_with_controls_or_half_characters_are_written_out() {
        assertThat(ReceiptNotes.fit(List.of("refilled: view a\nb\u0000", "x\ud800y", " ")))
                .containsExactly("refilled: view a\\u000ab\\u0000", "x\\ud800y");
    }

    @Test
    void what_is_too_long_or_too_much_is_cut_and_said() {
        var long1 = ReceiptNotes.fit(List.of("𠮷".repeat(Receipt.NOTE_MAX))).getFirst();
        assertThat(long1).endsWith("…").hasSizeLessThanOrEqualTo(Receipt.NOTE_MAX);

        var many = ReceiptNotes.fit(Collections.nCopies(250, "a view"));
        assertThat(many).hasSize(Receipt.NOTES_MAX).last().isEqualTo("and 151 more");
    }
}
