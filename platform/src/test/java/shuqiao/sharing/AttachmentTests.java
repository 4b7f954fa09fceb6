package shuqiao.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.City;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.NotAllowed;
import shuqiao.kernel.Role;
import shuqiao.kernel.Unknown;

/** Files of a request: what they are, who reads them, when they change. */
class AttachmentTests extends SharingGround {

    private static final byte[] PDF = "%PDF-1.7\n…".getBytes(StandardCharsets.UTF_8);

    @Autowired Attachments attachments;
    @Autowired TransactionTemplate transaction;

    @Test
    void what_a_file_is_stands_in_its_content_not_in_its_name() {
        assertThat(FileKind.of(PDF)).contains(FileKind.PDF);
        assertThat(FileKind.of(zip("OFD.xml", "Doc_0/Document.xml"))).contains(FileKind.OFD);
        assertThat(FileKind.of(zip("word/document.xml"))).isEmpty();
        assertThat(FileKind.of(zip("Doc/OFD.xml"))).isEmpty();
        assertThat(FileKind.of(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0}))
                .contains(FileKind.PNG);
        assertThat(FileKind.of(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0}))
                .contains(FileKind.JPEG);
        assertThat(FileKind.of(new byte[] {'P', 'K', 3, 4, 'P', 'K', 5, 6})).isEmpty();
        assertThat(FileKind.of(new byte[0])).isEmpty();

        var id = drafted(ask(conditional()));
        var police = city.actor(City.POLICE, Role.STEWARD);
        var page = "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> attachments.add(police, id, "委托书.pdf", page))
                .isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> attachments.add(police, id, "空.pdf", new byte[0]))
                .isInstanceOf(Invalid.class);
        assertThat(attachments.add(police, id, "C:\\桌面\\委托\u202e书.exe", PDF))
                .extracting(Attachment::name, Attachment::kind)
                .containsExactly("委托书.exe", FileKind.PDF);
    }

    /** Looking through 20 MB and hashing them holds nobody up. */
    @Test
    void what_a_file_is_is_looked_at_before_its_request_is_held() throws Exception {
        var id = drafted(ask(conditional()));
        var police = city.actor(City.POLICE, Role.STEWARD);
        var held = new CountDownLatch(1);
        var enough = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var holder =
                    threads.submit(() ->
                            transaction.executeWithoutResult(_ -> {
                                db.sql("select from sharing.request where id = :id for update")
                                        .param("id", id)
                                        .query(rs -> {});
                                held.countDown();
                                await(enough);
                            }));
            await(held);
            var refused =
                    threads.submit(() -> attachments.add(police, id, "a.pdf", new byte[] {1, 2}));
            try {
                assertThatThrownBy(() -> refused.get(10, TimeUnit.SECONDS))
                        .hasCauseInstanceOf(Invalid.class);
            } finally {
                enough.countDown();
            }
            holder.get();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void a_file_is_given_out_to_be_saved_and_only_to_the_sides_and_the_authority() {
        var id = drafted(ask(conditional()));
        var added = attachments.add(city.actor(City.POLICE, Role.STEWARD), id, "委托书.pdf", PDF);
        var path = REQUESTS + "/" + id + "/attachments/" + added.id();

        assertThat(city.get(authority, path).status()).isEqualTo(404);
        step(signs, id, "sending", Map.of());
        for (var token : List.of(police, steward, authority)) {
            var answer = ok(city.get(token, path), 200);
            assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
                    .startsWith("attachment");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        }
        refused(city.get(stranger, path), 404, "unknown:request");
        assertThat(
                        ok(city.get(steward, REQUESTS + "/" + id + "/attachments"), 200)
                                .<String>at("$[0].sha256"))
                .isEqualTo(added.sha256())
                .hasSize(64);
    }

    @Test
    void only_the_writer_changes_files_and_only_while_it_can_be_changed() {
        var id = drafted(ask(conditional()));
        var mine = city.actor(City.POLICE, Role.STEWARD);
        for (int i = 0; i < Attachments.FILES_MAX; i++) attachments.add(mine, id, i + ".pdf", PDF);

        assertThatThrownBy(() -> attachments.add(mine, id, "六.pdf", PDF))
                .isInstanceOf(Conflict.class);
        var first = attachments.list(mine, id).getFirst().id();
        attachments.remove(mine, id, first);
        assertThatThrownBy(() -> attachments.content(mine, id, first)).isInstanceOf(Unknown.class);
        assertThat(attachments.list(mine, id)).hasSize(Attachments.FILES_MAX - 1);

        step(signs, id, "sending", Map.of());
        var theirs = city.actor(City.CIVIL_AFFAIRS, Role.STEWARD);
        assertThatThrownBy(() -> attachments.add(mine, id, "晚.pdf", PDF))
                .isInstanceOf(NotNow.class);
        assertThatThrownBy(() -> attachments.add(theirs, id, "他.pdf", PDF))
                .isInstanceOf(NotAllowed.class);
    }

    private static byte[] zip(String... names) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(1);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return bytes.toByteArray();
    }
}
