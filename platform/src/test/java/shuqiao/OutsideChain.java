package shuqiao;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.DocumentContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import shuqiao.engine.proof.VerifyCommand;

/** The main job from outside, with the programs of two departments and of the authority. */
public record OutsideChain(
        OutsideProgram providerSteward,
        OutsideProgram providerReviewer,
        OutsideProgram consumerSteward,
        OutsideProgram consumerReviewer,
        OutsideProgram authority) {

    private static final String API = "/api/v1";
    private static final Duration RUN_MAX = Duration.ofSeconds(90);

    /** Where a table is. */
    public record Place(String jdbcUrl, String user, String password, String schema, String name) {}

    /** What a delivery needs. */
    public record Granted(long grant, long target, Place to) {}

    /**
     * With the programs of the demo city's first two databases and of its authority.
     *
     * @param demo what {@code demo.json} says
     */
    public static OutsideChain ofDemo(DocumentContext demo, OutsideProgram.Address address) {
        var provider = demo.<String>read("$.databases[0].organization");
        var consumer = demo.<String>read("$.databases[1].organization");
        return new OutsideChain(
                program(demo, address, provider, "STEWARD"),
                program(demo, address, provider, "REVIEWER"),
                program(demo, address, consumer, "STEWARD"),
                program(demo, address, consumer, "REVIEWER"),
                program(demo, address, authority(demo), "AUTHORITY"));
    }

    /** Which organization of the demo city the authority is. */
    public static String authority(DocumentContext demo) {
        return demo.<List<String>>read("$.clients[?('AUTHORITY' in @.scopes)].organization")
                .getFirst();
    }

    private static OutsideProgram program(
            DocumentContext demo,
            OutsideProgram.Address address,
            String organization,
            String role) {
        var found =
                demo.<List<Map<String, String>>>read(
                                "$.clients[?(@.organization == '%s' && '%s' in @.scopes)]"
                                        .formatted(organization, role))
                        .getFirst();
        return new OutsideProgram(address, found.get("clientId"), found.get("clientSecret"));
    }

    /** Everything before the run: registered, described, published, asked for, decided. */
    public Granted granted(Place from, Place to) throws InterruptedException {
        var source = registered(providerSteward, from);
        var target = registered(consumerSteward, to);
        var resource = published(source, from);
        return new Granted(decided(resource), target, to);
    }

    private static long registered(OutsideProgram steward, Place place)
            throws InterruptedException {
        return steward.post(
                        API + "/sources",
                        Map.of(
                                "name", "库 " + place.jdbcUrl() + " " + place.name(),
                                "jdbcUrl", place.jdbcUrl(),
                                "username", place.user(),
                                "password", place.password()))
                .number("$.id");
    }

    private long published(long source, Place from) throws InterruptedException {
        var description = new HashMap<String, Object>();
        description.put("name", "断电试验 " + from.name() + " " + source);
        description.put("classification", classification());
        description.put("summary", "试验用数据表");
        description.put("formatKind", "DATABASE");
        description.put("formatType", "PostgreSQL");
        description.put("sharingKind", "CONDITIONAL");
        description.put("sharingCondition", "依法履职需要");
        description.put("sharingMethodKind", "PLATFORM");
        description.put("sharingMethodType", "DATABASE");
        description.put("open", false);
        description.put("updateCycle", "IRREGULAR");
        var id =
                providerSteward
                        .post(
                                API + "/resources",
                                Map.of(
                                        "source",
                                        source,
                                        "schema",
                                        from.schema(),
                                        "table",
                                        from.name(),
                                        "description",
                                        description))
                        .number("$.id");
        var path = API + "/resources/" + id;
        providerSteward.post(path + "/submission", null);
        providerReviewer.post(path + "/department-review", Map.of("approve", true));
        authority.post(path + "/authority-review", Map.of("approve", true));
        authority.post(path + "/publication", null);
        return id;
    }

    private String classification() throws InterruptedException {
        var known =
                authority
                        .get(API + "/classification?parent=307")
                        .<List<String>>at("$.items[*].fullCode");
        if (!known.isEmpty()) return known.getFirst();
        return authority
                .post(
                        API + "/classification",
                        Map.of("parentFullCode", "307", "nodeCode", "990", "name", "市级政务部门"))
                .at("$.fullCode");
    }

    private long decided(long resource) throws InterruptedException {
        var request =
                consumerSteward
                        .post(
                                API + "/requests",
                                Map.of(
                                        "resource",
                                        resource,
                                        "fields",
                                        List.of(),
                                        "purpose",
                                        "BUSINESS_COOPERATION",
                                        "purposeText",
                                        "业务协同",
                                        "basis",
                                        "《政务信息资源共享管理暂行办法》第十二条",
                                        "until",
                                        java.time.LocalDate.now().plusYears(1).toString()))
                        .number("$.id");
        var path = API + "/requests/" + request;
        consumerReviewer.post(path + "/sending", null);
        authority.post(path + "/acceptance", null);
        providerSteward.post(path + "/preparation", Map.of("proposal", "拟同意"));
        providerReviewer.post(path + "/decision", Map.of("outcome", "GRANT", "opinion", "同意"));
        return consumerSteward.get(path).number("$.grant");
    }

    public static Map<String, Object> wish(Granted granted) {
        return Map.of(
                "grant", granted.grant(),
                "target", granted.target(),
                "schema", granted.to().schema(),
                "table", granted.to().name());
    }

    /** Asks for a run and waits for its end. */
    public OutsideProgram.Answer delivered(Granted granted) throws InterruptedException {
        return delivered(consumerSteward.post(API + "/runs", wish(granted)).<String>at("$.id"));
    }

    /** Waits until the run is delivered, through whatever happens to the platform meanwhile. */
    public OutsideProgram.Answer delivered(String run) throws InterruptedException {
        var deadline = System.nanoTime() + RUN_MAX.toNanos();
        while (true) {
            var answer = consumerSteward.get(API + "/runs/" + run);
            var state = answer.<String>at("$.state");
            if (state.equals("DELIVERED")) return answer;
            if (!state.equals("QUEUED") && !state.equals("RUNNING") || System.nanoTime() > deadline)
                throw new AssertionError("run " + run + ": " + answer.body());
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** The receipt of a run, checked offline against the keys in the home. */
    public OutsideProgram.Answer receipt(String run, Path home)
            throws IOException, InterruptedException {
        var receipt = consumerSteward.get(API + "/runs/" + run + "/receipt");
        verified(receipt.body(), home);
        return receipt;
    }

    public static void verified(String receipt, Path home) throws IOException {
        var file = Files.createTempFile("receipt", ".json");
        try {
            Files.writeString(file, receipt);
            var words = new ByteArrayOutputStream();
            var out = new PrintStream(words, true, StandardCharsets.UTF_8);
            var arguments =
                    new ArrayList<>(
                            List.of(
                                    file.toString(),
                                    "--key",
                                    home.resolve("keys/public.json").toString()));
            var code = VerifyCommand.run(arguments.toArray(String[]::new), Map.of(), out, out);
            assertThat(code).as(words.toString(StandardCharsets.UTF_8)).isZero();
        } finally {
            Files.delete(file);
        }
    }
}
