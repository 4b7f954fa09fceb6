package shuqiao.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.City;
import shuqiao.engine.proof.PublicKeys;
import shuqiao.engine.proof.ReceiptVerifier;
import shuqiao.kernel.Role;

/** Deliveries into files: what lies there, who takes it, how it is resumed, and when it is gone. */
@Tag("slow")
class RunFileTests extends ExchangeGround {

    private static final String PASSWORD = "Bridge-2026-file";

    @Autowired shuqiao.engine.embedded.Home home;
    @Autowired RunFiles files;

    private City.Answer askFile(long grant, Map<String, Object> more) {
        var wish = new HashMap<String, Object>(more);
        wish.put("grant", grant);
        wish.put("rail", "file");
        return city.post(consumer, "/api/v1/runs", wish);
    }

    private String file(long grant, String format) {
        var asked = askFile(grant, Map.of("format", format));
        assertThat(asked.status()).as(asked.body()).isEqualTo(202);
        var run = asked.<String>at("$.id");
        delivered(run);
        return run;
    }

    private static String path(String run, String name) {
        return "/api/v1/runs/" + run + "/files/" + name;
    }

    private City.Answer take(String run, String name, Map<String, String> headers) {
        return city.call("GET", consumer, path(run, name), null, headers);
    }

    private HttpResponse<byte[]> bytes(String run, String name) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(city.url() + path(run, name)))
                                .header("Authorization", "Bearer " + consumer)
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void a_grant_is_delivered_as_a_file_with_dictionary_manifest_and_receipt() throws Exception {
        var table = table(100);
        var grant =
                request(
                        resource(source(steward, PROVIDER, Map.of()), table),
                        Map.of(
                                "fields", List.of("id", "name"),
                                "filter", List.of(Map.of("field", "id", "op", "le", "value", 3)),
                                "masks", Map.of("name", "name")));

        var run = file(grant, "csv");

        var seen = see(run);
        assertThat(seen.<String>at("$.rail")).isEqualTo("file");
        assertThat(seen.<String>at("$.format")).isEqualTo("csv");
        assertThat(seen.<Integer>at("$.rows")).isEqualTo(3);
        assertThat(seen.<List<String>>at("$.files[*].name"))
                .containsExactly("data.csv", "dictionary.csv", "manifest.json");
        var data = bytes(run, "data.csv");
        assertThat(new String(data.body(), StandardCharsets.UTF_8))
                .isEqualTo("\uFEFFid,name\r\n1,户*\r\n2,户*\r\n3,户*\r\n");
        assertThat(data.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment")
                .contains("filename*=UTF-8''%E8%B5%84%E6%BA%90");
        assertThat(data.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
        var digest = sha256(data.body());
        assertThat(seen.<String>at("$.files[0].sha256")).isEqualTo(digest);
        var dictionary = take(run, "dictionary.csv", Map.of()).body();
        assertThat(dictionary).contains(",id,", ",name,", "name　").doesNotContain("amount");
        var manifest = take(run, "manifest.json", Map.of());
        assertThat(manifest.<Integer>at("$.rows")).isEqualTo(3);
        assertThat(manifest.<String>at("$.files[0].sha256")).isEqualTo(digest);
        assertThat(manifest.<String>at("$.fields[1].mask")).isEqualTo("name");
        var receipt = city.get(consumer, "/api/v1/runs/" + run + "/receipt");
        assertThat(receipt.<String>at("$.rail")).isEqualTo("file");
        assertThat(receipt.<String>at("$.content.digest")).isEqualTo("sha256:" + digest);
        var keys = PublicKeys.parse(Files.readString(home.keys().resolve("public.json")));
        assertThat(ReceiptVerifier.verify(receipt.body(), keys).isValid()).isTrue();
        assertThat(titles(bytes(run, "package.zip").body()))
                .hasSize(3)
                .allMatch(it -> it.startsWith("资源 "));
        assertThat(Files.getPosixFilePermissions(home.path().resolve("files")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void what_a_program_may_mistake_is_said_in_manifest_and_dictionary() throws Exception {
        var odd = "odd" + NEXT.incrementAndGet();
        PROVIDER.run(
                "create table " + odd + " (\"ID\" int primary key, id text, amount numeric(20,2))",
                "insert into " + odd + " values (1, null, 1.5), (2, 'b', 12345678901234567.89)");
        var resource = resource(source(steward, PROVIDER, Map.of()), odd);
        var sheet = file(request(resource, Map.of()), "xlsx");

        var manifest = take(sheet, "manifest.json", Map.of());
        assertThat(manifest.<List<String>>at("$.notes"))
                .anySatisfy(it -> assertThat(it).endsWith("capitals only: ID, id"))
                .anySatisfy(it -> assertThat(it).endsWith("whole field is text: amount"));
        assertThat(manifest.<String>at("$.fields[2].writtenAs")).isEqualTo("text");
        assertThat(take(sheet, "dictionary.csv", Map.of()).body())
                .contains("列名与「id」只有大小写不同", "列名与「ID」只有大小写不同", "整列以文本写入");

        var one = file(request(resource, Map.of("fields", List.of("id"))), "csv");

        assertThat(new String(bytes(one, "data.csv").body(), StandardCharsets.UTF_8))
                .isEqualTo("\uFEFFid\r\n\r\nb\r\n");
        var its = take(one, "manifest.json", Map.of());
        assertThat(its.<String>at("$.format.null")).isEqualTo("empty line");
        assertThat(its.<List<String>>at("$.notes[*]"))
                .singleElement()
                .asString()
                .contains("empty line");
        assertThat(take(one, "dictionary.csv", Map.of()).body()).contains("空值是空行");
        assertThat(city.get(consumer, "/api/v1/runs/" + one + "/receipt").body())
                .contains("one field only");
    }

    private static List<String> titles(byte[] zip) throws Exception {
        var titles = new ArrayList<String>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var one = in.getNextEntry(); one != null; one = in.getNextEntry()) {
                in.readAllBytes(); // its check sum is looked at here
                titles.add(one.getName());
            }
        }
        return titles;
    }

    @Test
    void a_file_holds_the_rows_that_the_table_of_the_same_grant_gets() throws Exception {
        var grant =
                request(
                        resource(source(steward, PROVIDER, Map.of()), table(500)),
                        Map.of("masks", Map.of("note", "redact", "name", "hash")));
        delivered(run(grant, source(consumer, CONSUMER, Map.of()), "beside_file"));

        var csv = new String(bytes(file(grant, "csv"), "data.csv").body(), StandardCharsets.UTF_8);

        assertThat(csv)
                .endsWith(
                        CONSUMER.one(
                                "select string_agg(concat_ws(',', id, name, amount) || E',\\r\\n', '' order by id) from beside_file"));
        for (var format : List.of("xlsx", "parquet"))
            assertThat(bytes(file(grant, format), "data." + format).statusCode()).isEqualTo(200);
    }

    @Test
    void a_broken_download_is_taken_up_where_it_stopped() throws Exception {
        var run = file(grant(table(2_000), Map.of()), "csv");
        var whole = bytes(run, "data.csv");
        var text = new String(whole.body(), StandardCharsets.UTF_8);
        var tag = whole.headers().firstValue("ETag").orElseThrow();
        var length = whole.body().length;

        // the beginning is ASCII after the BOM, so that a cut cannot fall into a character
        var first = take(run, "data.csv", Map.of("Range", "bytes=0-6"));
        var rest = take(run, "data.csv", Map.of("Range", "bytes=7-", "If-Range", tag));
        var last = take(run, "data.csv", Map.of("Range", "bytes=-2"));
        var changed = take(run, "data.csv", Map.of("Range", "bytes=7-", "If-Range", "\"other\""));
        var beyond = take(run, "data.csv", Map.of("Range", "bytes=" + length + "-"));
        var several = take(run, "data.csv", Map.of("Range", "bytes=0-1,4-5"));
        var strange = take(run, "data.csv", Map.of("Range", "rows=1-2"));
        var same = take(run, "data.csv", Map.of("If-None-Match", tag));
        var head = city.call("HEAD", consumer, path(run, "data.csv"), null, Map.of());

        assertThat(first.status()).isEqualTo(206);
        assertThat(rest.status()).isEqualTo(206);
        assertThat(rest.headers().firstValue("Content-Range"))
                .contains("bytes 7-%d/%d".formatted(length - 1, length));
        assertThat(first.body() + rest.body()).isEqualTo(text);
        assertThat(last.body()).isEqualTo("\r\n");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.body()).isEqualTo(text);
        assertThat(beyond.status()).isEqualTo(416);
        assertThat(beyond.headers().firstValue("Content-Range")).contains("bytes */" + length);
        assertThat(several.status()).isEqualTo(200);
        assertThat(strange.status()).isEqualTo(200);
        assertThat(same.status()).isEqualTo(304);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Length")).contains("" + length);
        assertThat(head.headers().firstValue("Accept-Ranges")).contains("bytes");
    }

    @Test
    void only_the_department_that_was_granted_the_rows_takes_the_file() {
        var run = file(grantOf(10), "csv");
        var other = city.department("FLT000021", "云泽市粮食和物资储备局");

        assertThat(city.get(null, path(run, "data.csv")).status()).isEqualTo(401);
        assertThat(city.get(city.token(other, Role.STEWARD), path(run, "data.csv")).status())
                .isEqualTo(404);
        assertThat(city.get(steward, path(run, "data.csv")).status()).isEqualTo(403);
        assertThat(city.get(steward, path(run, "package.zip")).status()).isEqualTo(403);
        assertThat(
                        city.get(city.token(City.BUREAU, Role.AUTHORITY), path(run, "data.csv"))
                                .status())
                .isEqualTo(403);
        assertThat(city.get(city.token(City.POLICE, Role.REVIEWER), path(run, "data.csv")).status())
                .isEqualTo(200);
        for (var name : List.of("data.xlsx", "..%2Fmanifest.json", "manifest", "data.csv.part"))
            assertThat(city.get(consumer, path(run, name)).status()).isBetween(400, 404);
    }

    private long grantOf(int rows) {
        try {
            return grant(table(rows), Map.of());
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void files_of_a_revoked_grant_are_refused_at_once_and_gone_within_a_second() {
        var grant = grantOf(10);
        var run = file(grant, "xlsx");
        var folder = folder(run);
        assertThat(folder).isDirectory();

        var revoked =
                city.post(
                        city.token(City.CIVIL_AFFAIRS, Role.REVIEWER),
                        "/api/v1/grants/" + grant + "/revocation",
                        Map.of("reason", "超范围使用"));
        var taken = take(run, "data.xlsx", Map.of());

        assertThat(revoked.status()).as(revoked.body()).isEqualTo(200);
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.<String>at("$.type")).isEqualTo("urn:shuqiao:exchange:grant-revoked");
        await().atMost(Duration.ofSeconds(1))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !Files.exists(folder));
        assertThat(see(run).<String>at("$.files[0].removedAt")).isNotEmpty();
    }

    private Path folder(String run) {
        return home.path().resolve("files").resolve(run);
    }

    @Test
    void a_file_whose_time_is_over_is_refused_and_swept() {
        var run = file(grantOf(10), "csv");
        assertThat(see(run).<String>at("$.files[0].expiresAt")).isNotEmpty();
        db.sql("update exchange.file set expires_at = now() - interval '1 second' where run = :run")
                .param("run", run)
                .update();

        var taken = take(run, "data.csv", Map.of());
        files.sweep();

        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.<String>at("$.type")).isEqualTo("urn:shuqiao:exchange:file-expired");
        assertThat(folder(run)).doesNotExist();
        assertThat(take(run, "data.csv", Map.of()).status()).isEqualTo(409);
        assertThat(state(run)).as("what was delivered was delivered").isEqualTo("DELIVERED");
    }

    @Test
    void what_a_killed_attempt_left_is_swept_and_what_lies_elsewhere_is_said_so() throws Exception {
        var run = file(grantOf(10), "csv");
        var left = folder("0-left-by-a-kill").resolve("1");
        Files.createDirectories(left);
        Files.writeString(left.resolve("data.csv"), "half");

        files.sweep();

        assertThat(left).doesNotExist();
        assertThat(take(run, "data.csv", Map.of()).status()).isEqualTo(200);
        Files.delete(folder(run).resolve("1").resolve("data.csv"));
        var taken = take(run, "data.csv", Map.of());
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.<String>at("$.type")).isEqualTo("urn:shuqiao:exchange:file-elsewhere");
    }

    @Test
    void a_decision_that_asks_for_a_watermark_gets_it() throws Exception {
        var grant = marked(resource(source(steward, PROVIDER, Map.of()), table(2), "CONDITIONAL"));

        var run = file(grant, "csv");

        var lines = new String(bytes(run, "data.csv").body(), StandardCharsets.UTF_8).split("\r\n");
        assertThat(lines).hasSize(4);
        assertThat(lines[3])
                .contains("水印", City.POLICE, "SY-", "JH-")
                .endsWith(",,,")
                .doesNotContain("\n");
        assertThat(take(run, "manifest.json", Map.of()).<Integer>at("$.rows")).isEqualTo(2);
        assertThat(city.get(consumer, "/api/v1/grants/" + grant).<Boolean>at("$.watermark"))
                .isTrue();
    }

    /** Decided with a watermark; the table rail knows nothing of it. */
    private long marked(long resource) {
        var id = draft(resource, Map.of());
        var path = "/api/v1/requests/" + id;
        city.post(city.token(City.POLICE, Role.REVIEWER), path + "/sending", Map.of());
        city.post(city.token(City.BUREAU, Role.AUTHORITY), path + "/acceptance", Map.of());
        city.post(steward, path + "/preparation", Map.of("proposal", "拟同意"));
        var decided =
                city.post(
                        city.token(City.CIVIL_AFFAIRS, Role.REVIEWER),
                        path + "/decision",
                        Map.of("outcome", "GRANT", "opinion", "同意", "watermark", true));
        assertThat(decided.status()).as(decided.body()).isEqualTo(200);
        return decided.<Integer>at("$.grant");
    }

    @Test
    void a_wish_that_says_not_what_file_is_refused_by_field() {
        var grant = grantOf(1);

        var without = askFile(grant, Map.of());
        var unknown = askFile(grant, Map.of("format", "docx"));
        var rail = city.post(consumer, "/api/v1/runs", Map.of("grant", grant, "rail", "pigeon"));

        assertThat(without.status()).isEqualTo(422);
        assertThat(without.<List<String>>at("$.errors[*].field")).containsExactly("format");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.body()).contains("parquet");
        assertThat(rail.<List<String>>at("$.errors[*].field")).contains("rail");
    }

    @Test
    void a_file_run_is_cancelled_within_a_second_and_leaves_nothing() throws Exception {
        var slow = grant(table(300_000), Map.of("maxMegabytesPerSecond", 0.5));
        var run = askFile(slow, Map.of("format", "csv")).<String>at("$.id");
        await().until(() -> state(run).equals("RUNNING") && see(run).<Integer>at("$.rows") > 0);

        var answer =
                city.post(
                        consumer, "/api/v1/runs/" + run + "/cancellation", Map.of("reason", "不要了"));

        assertThat(answer.status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(3)).until(() -> state(run).equals("CANCELLED"));
        assertThat(take(run, "data.csv", Map.of()).status()).isEqualTo(404);
        files.sweep();
        assertThat(folder(run)).doesNotExist();
    }

    @Test
    void people_choose_a_file_on_the_form_and_download_it_from_the_run() throws Exception {
        city.person("files-police", PASSWORD, City.POLICE, Role.STEWARD);
        city.person("files-civil", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        var police = city.visitor("files-police", PASSWORD);
        var form = "/runs/new?grant=" + grantOf(20);

        var wrong =
                police.submit(form, "/runs", Map.of("grant", form.substring(16), "format", "docx"));
        var asked =
                police.submit(
                        form,
                        "/runs",
                        Map.of("grant", form.substring(16), "format", "csv", "guarded", "true"));

        assertThat(police.get(form).body())
                .contains("CSV 文件", "Excel 工作簿", "Parquet 文件", "name=\"format\"")
                .doesNotContain("??");
        assertThat(wrong.statusCode()).isEqualTo(422);
        var run = asked.uri().getPath().substring("/runs/".length());
        delivered(run);
        var page = police.get("/runs/" + run).body();
        assertThat(page)
                .contains("_数据字典.csv", "/runs/" + run + "/files/data.csv", "保留到", "打包下载")
                .contains("快照，CSV 文件")
                .doesNotContain("??", "目标表");
        assertThat(police.get("/runs/" + run + "?lang=en").body())
                .contains("Download the data", "kept until")
                .doesNotContain("??");
        assertThat(
                        new String(
                                police.download("/runs/" + run + "/files/data.csv"),
                                StandardCharsets.UTF_8))
                .startsWith("\uFEFFid,name,amount,note\r\n");
        assertThat(police.get("/runs?state=DELIVERED&lang=zh").body()).contains("CSV 文件");
        assertThat(police.get("/runs/" + run + "/receipt").body()).contains("快照，CSV 文件");
        assertThat(police.get("/runs/new?grant=" + form.substring(16) + "&again=" + run).body())
                .contains("value=\"csv\" checked");
        var civil = city.visitor("files-civil", PASSWORD);
        assertThat(civil.get("/runs/" + run).body())
                .contains("_数据字典.csv", "由使用部门")
                .doesNotContain("/files/data.csv");
        assertThat(civil.get("/runs/" + run + "/files/data.csv").statusCode()).isEqualTo(403);
    }

    @Test
    void a_download_in_many_parts_is_one_entry_of_the_ledger() throws Exception {
        var run = file(grant(table(20), Map.of()), "csv");
        for (var i = 0; i < 12; i++) take(run, "data.csv", Map.of("Range", "bytes=" + i + "-" + i));

        assertThat(fetched(run)).isEqualTo(1);
        db.sql("update exchange.taken set at = at - interval '16 minutes' where run = :run")
                .param("run", run)
                .update();
        take(run, "data.csv", Map.of("Range", "bytes=3-"));
        assertThat(fetched(run)).as("a quarter of an hour later").isEqualTo(2);
    }

    private long fetched(String run) {
        return db.sql(
                        "select count(*) from ledger.entry where kind = 'RunFileFetched' and convert_from(body, 'UTF8') like '%' || :run || '%'")
                .param("run", run)
                .query(Long.class)
                .single();
    }
}
