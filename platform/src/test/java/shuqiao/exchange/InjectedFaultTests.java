package shuqiao.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.ChildPlatform;
import shuqiao.City;
import shuqiao.Faults;
import shuqiao.Line;
import shuqiao.Line.How;
import shuqiao.Line.Way;
import shuqiao.engine.embedded.ScratchPostgres;
import shuqiao.engine.proof.PublicKeys;
import shuqiao.engine.proof.ReceiptVerifier;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Role;

/**
 * Whatever breaks while rows are on their way into a table that is replaced, one that is refilled,
 * one that is kept, and a file: afterwards each row is there once and whole, or all are as before,
 * and a receipt says what stands there. The seed is printed; {@code -Dshuqiao.seed} repeats it.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
@Tag("process")
@Tag("kill")
class InjectedFaultTests extends ExchangeGround {

    /** What one lane meets. */
    private enum Kind {
        SOURCE_LINE_CUT,
        TARGET_LINE_CUT,
        SOURCE_LINE_STALLED,
        TARGET_LINE_STALLED,
        SOURCE_LINE_DEAD,
        TARGET_LINE_DEAD,
        ROWS_CHANGED,
        TABLE_FILLED_ANEW,
        TABLE_ALTERED,
        LOCK_HELD;

        boolean suits(Lane.Mode mode) {
            return switch (this) {
                case TARGET_LINE_CUT, TARGET_LINE_STALLED, TARGET_LINE_DEAD, LOCK_HELD ->
                        mode != Lane.Mode.FILE;
                default -> true;
            };
        }
    }

    private static final int ROWS = 6_000;

    /** Of the long test; more for a night, less for a look. */
    private static final int PERCENT = Integer.getInteger("shuqiao.faults", 100);

    /** Longer than anybody waits. */
    private static final Duration FOR_GOOD = Duration.ofMinutes(10);

    private static final Duration END_MAX = Duration.ofSeconds(120);

    @Autowired shuqiao.engine.embedded.Home home;
    @Autowired Clock.Told clock;

    private final Faults faults = new Faults("a platform that goes on");
    private final Random random = new Random(faults.seed());
    private final List<Lane> lanes = new ArrayList<>();
    private ScratchPostgres sources;
    private ScratchPostgres targets;
    private ScratchPostgres.Database from;
    private ScratchPostgres.Database to;
    private Lane wide;
    private Lane wideFile;

    @BeforeAll
    void four_lanes_between_two_servers() throws Exception {
        ground();
        var servers =
                all(
                        Collections.nCopies(
                                2, (Callable<ScratchPostgres>) () -> ScratchPostgres.start(true)));
        sources = servers.getFirst();
        targets = servers.getLast();
        sources.server().keepAlive();
        targets.server().keepAlive();
        from = sources.newDatabase();
        to = targets.newDatabase();
        var plans = new ArrayList<Callable<Lane>>();
        for (var mode : Lane.Mode.values()) plans.add(() -> lane(mode, ROWS, 1, 1.5));
        lanes.addAll(all(plans));
    }

    @AfterAll
    void stop() throws Exception {
        for (var lane : lanes) lane.close();
        if (wide != null) wide.close();
        if (wideFile != null) wideFile.close();
        if (sources != null) sources.stop();
        if (targets != null) targets.stop();
    }

    private Lane lane(Lane.Mode mode, int rows, int width, double megabytes) throws Exception {
        var lane = new Lane(mode, from, to, rows, width);
        lane.make();
        var provided =
                source(steward, lane.providerSees(), Map.of("maxMegabytesPerSecond", megabytes));
        lane.grant = request(resource(provided, lane.table()), Map.of());
        lane.place = source(consumer, lane.consumerSees(), Map.of("lockTimeoutSeconds", 2));
        if (mode == Lane.Mode.MERGED) map(lane);
        delivered(ask(lane));
        if (mode == Lane.Mode.REFILLED) lane.hang();
        measure(lane);
        if (mode != Lane.Mode.FILE) lane.watch();
        return lane;
    }

    private void map(Lane lane) {
        lane.keep();
        var wish = new HashMap<String, Object>();
        wish.put("grant", lane.grant);
        wish.put("target", lane.place);
        wish.put("schema", "public");
        wish.put("table", lane.table());
        wish.put(
                "columns",
                Map.of("id", "bh", "version", "bb", "name", "xm", "amount", "je", "note", "bz"));
        wish.put("key", List.of("bh"));
        var set = city.put(consumer, "/api/v1/mappings", wish);
        assertThat(set.status()).as(set.body()).isEqualTo(200);
    }

    /** How many bytes pass, and how long it takes, where nothing is broken. */
    private void measure(Lane lane) throws Exception {
        lane.renew();
        lane.from.measure();
        lane.to.measure();
        var begun = System.nanoTime();
        var run = ask(lane);
        delivered(run);
        lane.usualNanos = System.nanoTime() - begun;
        lane.usual =
                new long[] {
                    lane.from.passed(Way.TO_SERVER),
                    lane.from.passed(Way.TO_CLIENT),
                    lane.to.passed(Way.TO_SERVER),
                    lane.to.passed(Way.TO_CLIENT)
                };
        isTrue(lane, run, see(run), lane.version(), lane.version());
    }

    // the tests

    @Test
    void a_few_of_each_kind_leave_every_row_there_once() throws Exception {
        apart(2);
        together(1, 1);
        over(8);
    }

    @Test
    void a_full_disk_of_the_platform_stops_a_file_alone_and_until_there_is_room() throws Exception {
        ownDiskFull(List.of(OwnDisk.NO_DICTIONARY));
    }

    @Test
    @Tag("long")
    void a_hundred_of_all_kinds_leave_every_row_there_once() throws Exception {
        apart(part(18));
        together(part(12), part(12));
        clockPutBack(part(4));
        diskFull(part(8));
        ownDiskFull(List.of(OwnDisk.values()));
        over(PERCENT);
    }

    private static int part(int of) {
        return Math.max(1, of * PERCENT / 100);
    }

    private void over(int atLeast) {
        faults.print();
        assertThat(faults.total()).isGreaterThanOrEqualTo(atLeast);
        var checked =
                city.post(
                        city.token(City.BUREAU, Role.AUDIT_ADMIN),
                        "/api/v1/audit/verification",
                        Map.of());
        assertThat(checked.body()).as("the log computed anew").doesNotContain("firstWrong");
    }

    // faults of one lane each, four lanes at once

    private void apart(int each) throws Exception {
        var plans = new ArrayList<Callable<Void>>();
        for (var lane : lanes) {
            var own = new Random(random.nextLong());
            var kinds = new ArrayList<Kind>();
            while (kinds.size() < each) {
                var some = new ArrayList<>(List.of(Kind.values()));
                some.removeIf(kind -> !kind.suits(lane.mode));
                Collections.shuffle(some, own);
                kinds.addAll(some);
            }
            plans.add(() -> {
                for (var kind : kinds.subList(0, each)) fault(lane, kind, own);
                return null;
            });
        }
        all(plans);
    }

    private static <T> List<T> all(List<? extends Callable<T>> plans) throws Exception {
        try (var at = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>();
            for (var future : at.invokeAll(plans)) results.add(of(future));
            return results;
        }
    }

    private static <T> T of(Future<T> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Error error) throw error;
            if (failed.getCause() instanceof Exception cause) throw cause;
            throw failed;
        }
    }

    private void fault(Lane lane, Kind kind, Random own) throws Exception {
        lane.renew();
        var oldest = lane.version();
        var delay = (long) (own.nextDouble() * lane.usualNanos);
        switch (kind) {
            case SOURCE_LINE_CUT -> lay(lane, lane.from, 0, cut(own), pause(own), own);
            case TARGET_LINE_CUT -> lay(lane, lane.to, 2, cut(own), pause(own), own);
            case SOURCE_LINE_STALLED -> lay(lane, lane.from, 0, stall(own), pause(own), own);
            case TARGET_LINE_STALLED -> lay(lane, lane.to, 2, stall(own), pause(own), own);
            case SOURCE_LINE_DEAD -> lay(lane, lane.from, 0, How.STALL, FOR_GOOD, own);
            case TARGET_LINE_DEAD -> lay(lane, lane.to, 2, How.STALL, FOR_GOOD, own);
            case ROWS_CHANGED, TABLE_FILLED_ANEW, TABLE_ALTERED, LOCK_HELD -> {}
        }
        try (var at = Executors.newVirtualThreadPerTaskExecutor()) {
            var holding =
                    kind == Kind.LOCK_HELD
                            ? at.submit(() -> {
                                try (var held = lane.holder()) {
                                    pause(TimeUnit.MILLISECONDS.toNanos(200 + own.nextInt(4_000)));
                                    held.rollback();
                                }
                                return null;
                            })
                            : null;
            var run = ask(lane);
            switch (kind) {
                case ROWS_CHANGED -> changing(lane, "delete from " + lane.table(), delay, own);
                case TABLE_FILLED_ANEW -> changing(lane, "truncate " + lane.table(), delay, own);
                case TABLE_ALTERED -> {
                    pause(delay);
                    lane.atSource(ALTERATIONS[own.nextInt(ALTERATIONS.length)]);
                }
                default -> {}
            }
            var end = end(run);
            var met =
                    switch (kind) {
                        case SOURCE_LINE_CUT, SOURCE_LINE_STALLED, SOURCE_LINE_DEAD ->
                                !lane.from.takeBack();
                        case TARGET_LINE_CUT, TARGET_LINE_STALLED, TARGET_LINE_DEAD ->
                                !lane.to.takeBack();
                        default -> true;
                    };
            if (holding != null) of(holding);
            check(lane, run, end, oldest, kind.name(), met);
        }
    }

    private static final String[] ALTERATIONS = {
        "alter table %1$s drop column note",
        "alter table %1$s alter column amount type numeric(14,3)",
        "alter table %1$s rename to %1$s_away",
        "alter table %1$s rename column name to other"
    };

    private void changing(Lane lane, String emptying, long delay, Random own) {
        for (var i = 1 + own.nextInt(3); i > 0; i--) {
            pause(delay / 3);
            lane.advance(emptying);
        }
    }

    private void lay(Lane lane, Line line, int at, How how, Duration pause, Random own) {
        var way = Way.values()[own.nextInt(2)];
        var usual = lane.usual[at + way.ordinal()];
        line.lay(new Line.Fault(way, how, (long) (own.nextDouble() * usual), pause));
    }

    /** Shorter than a line may be silent. */
    private static Duration pause(Random own) {
        return Duration.ofMillis(300 + own.nextInt(1_500));
    }

    private static How cut(Random own) {
        return own.nextBoolean() ? How.CUT : How.RESET;
    }

    private static How stall(Random own) {
        return own.nextInt(3) == 0 ? How.STALL_AND_CUT : How.STALL;
    }

    // faults that all lanes meet at once

    private void together(int sourceKills, int targetKills) throws Exception {
        var victims = new ArrayList<ScratchPostgres>(Collections.nCopies(sourceKills, sources));
        victims.addAll(Collections.nCopies(targetKills, targets));
        Collections.shuffle(victims, random);
        for (var victim : victims) {
            var whole = random.nextBoolean();
            met(
                    (victim == sources ? "SOURCE_SERVER" : "TARGET_SERVER")
                            + (whole ? "_KILLED" : "_POSTMASTER_KILLED"),
                    lanes,
                    () -> {
                        kill(victim, whole);
                        return true;
                    });
        }
    }

    /** Asks in all lanes, does it at a moment of the runs, and looks what became of them. */
    private void met(String kind, List<Lane> among, Callable<Boolean> fault) throws Exception {
        for (var lane : among) lane.renew();
        var longest = among.stream().mapToLong(lane -> lane.usualNanos).max().orElseThrow();
        var delay = (long) (random.nextDouble() * longest);
        try (var at = Executors.newVirtualThreadPerTaskExecutor()) {
            var runs = among.stream().map(lane -> at.submit(() -> ask(lane))).toList();
            pause(delay);
            fault.call();
            var outcome = new ArrayList<String>();
            for (var i = 0; i < among.size(); i++) {
                var run = of(runs.get(i));
                outcome.add(isTrue(among.get(i), run, end(run)));
            }
            Collections.sort(outcome);
            faults.count(kind, "all " + among.size() + " " + outcome.getLast() + " at most");
        }
    }

    private static void kill(ScratchPostgres server, boolean whole) throws Exception {
        var data = server.folder().toRealPath().resolve("postgres").resolve("data");
        var postmaster = server.server().pid();
        for (var process : ChildPlatform.processesIn(data))
            if (whole || process.pid() == postmaster) process.destroyForcibly();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    if (server.server().pid() == postmaster) return false;
                    try (var again = server.superuser("postgres")) {
                        return true;
                    } catch (IllegalStateException notYet) {
                        return false;
                    }
                });
    }

    /** Put back while rows are under way and while one run waits for its next try; and forward. */
    private void clockPutBack(int times) throws Exception {
        if (LocalTime.now(Clock.ZONE).isBefore(LocalTime.of(0, 20))) {
            System.out.println(
                    "CLOCK_PUT_BACK is left out: it would be yesterday, before the grants");
            return;
        }
        try {
            for (var i = 0; i < times; i++) {
                var back = Duration.ofMinutes(8 + random.nextInt(8));
                lanes.getFirst()
                        .from
                        .lay(new Line.Fault(Way.TO_CLIENT, How.CUT, 100_000, Duration.ZERO));
                met(
                        "CLOCK_PUT_BACK",
                        lanes,
                        () -> {
                            clock.tell(Instant.now().minus(back));
                            return true;
                        });
                met(
                        "CLOCK_PUT_FORWARD",
                        lanes,
                        () -> {
                            clock.toPresent();
                            return true;
                        });
            }
        } finally {
            clock.toPresent();
        }
    }

    /** Files of the target's server may not grow beyond a little more than one of its log. */
    private void diskFull(int times) throws Exception {
        if (!limited(null)) {
            System.out.println(
                    "DISK_FULL is left out: prlimit is not there, or may not limit the server");
            return;
        }
        wide = lane(Lane.Mode.REPLACED, 26_000, 26, 100);
        for (var i = 0; i < times; i++) {
            wide.renew();
            assertThat(limited((17L << 20) + random.nextInt(4 << 20))).isTrue();
            var run = ask(wide);
            var end = end(run);
            assertThat(limited(null)).isTrue();
            assertThat(end.<String>at("$.state")).as(end.body()).isEqualTo("FAILED");
            check(wide, run, end, wide.version(), "DISK_FULL", true);
        }
    }

    /**
     * How much of a file system there is when a file is delivered: one node is the folder's own.
     */
    private enum OwnDisk {
        NO_FOLDER("size=600m,nr_inodes=2"),
        NO_FILE("size=600m,nr_inodes=3"),
        NO_DICTIONARY("size=600m,nr_inodes=4"),
        NO_MANIFEST("size=600m,nr_inodes=5"),
        NO_RESERVE("size=300m"),
        FULL_ON_THE_WAY("size=600m");

        private final String size;

        OwnDisk(String size) {
            this.size = size;
        }
    }

    private static final long ROOM_LEFT = 256 << 10;

    /** A file system of its own stands where the platform keeps files; others go on meanwhile. */
    private void ownDiskFull(List<OwnDisk> disks) throws Exception {
        var folder = Files.createDirectories(home.path().resolve("files"));
        var other = lanes.getFirst();
        for (var disk : disks) {
            // what it has delivered before lies below, where nobody counts it
            var lane = disk == OwnDisk.FULL_ON_THE_WAY ? wideFile() : lane(Lane.Mode.FILE);
            if (!told("mount", "-t", "tmpfs", "-o", disk.size, "tmpfs", folder.toString())) {
                System.out.println("OWN_DISK_FULL is left out: nothing may be mounted here");
                return;
            }
            try {
                lane.renew();
                other.renew();
                var run = ask(lane);
                if (disk == OwnDisk.FULL_ON_THE_WAY) {
                    await().until(() -> bytesIn(folder) > 0);
                    // refused where more has been written by then
                    await().until(() ->
                            told(
                                    "mount",
                                    "-o",
                                    "remount,size=" + (bytesIn(folder) + ROOM_LEFT),
                                    folder.toString()));
                }
                await().atMost(END_MAX)
                        .pollInterval(Duration.ofMillis(50))
                        .until(() -> failure(run).equals("engine:file-disk-full"));
                nothingCame(lane, run);
                if (see(run).<String>at("$.state").equals("QUEUED"))
                    assertThat(bytesIn(folder)).isZero();
                var meanwhile = ask(other);
                isTrue(other, meanwhile, end(meanwhile));

                assertThat(
                                told(
                                        "mount",
                                        "-o",
                                        "remount,size=600m,nr_inodes=100",
                                        folder.toString()))
                        .isTrue();
                faults.count("OWN_DISK_" + disk, isTrue(lane, run, end(run)));
            } finally {
                assertThat(told("umount", "-l", folder.toString())).isTrue();
            }
        }
    }

    private Lane lane(Lane.Mode mode) {
        return lanes.stream().filter(lane -> lane.mode == mode).findFirst().orElseThrow();
    }

    private Lane wideFile() throws Exception {
        if (wideFile == null) wideFile = lane(Lane.Mode.FILE, 26_000, 26, 4);
        return wideFile;
    }

    private String failure(String run) {
        return db.sql("select coalesce(failure_key, '') from exchange.run where id = :id")
                .param("id", run)
                .query(String.class)
                .single();
    }

    private static long bytesIn(java.nio.file.Path folder) throws java.io.IOException {
        try (var all = Files.walk(folder)) {
            return all.map(java.nio.file.Path::toFile)
                    .filter(java.io.File::isFile)
                    .mapToLong(java.io.File::length)
                    .sum();
        }
    }

    private static boolean told(String... command) throws Exception {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (java.io.IOException absent) {
            return false;
        }
    }

    private boolean limited(Long bytes) throws Exception {
        return told(
                "prlimit",
                "--pid",
                "" + targets.server().pid(),
                "--fsize=" + (bytes == null ? "unlimited" : bytes) + ":");
    }

    // asking and looking

    private void fresh() {
        steward = city.token(City.CIVIL_AFFAIRS, Role.STEWARD);
        consumer = city.token(City.POLICE, Role.STEWARD);
    }

    /** Asks until the platform takes it: it looks at both sides first, and may find them broken. */
    private String ask(Lane lane) {
        var wish = new HashMap<String, Object>();
        wish.put("grant", lane.grant);
        if (lane.mode == Lane.Mode.FILE) wish.putAll(Map.of("rail", "file", "format", "csv"));
        else wish.putAll(Map.of("target", lane.place, "schema", "public", "table", lane.table()));
        var deadline = System.nanoTime() + END_MAX.toNanos();
        while (true) {
            fresh();
            var answer = city.post(consumer, "/api/v1/runs", wish);
            if (answer.status() == 202) return answer.at("$.id");
            assertThat(answer.status()).as(answer.body()).isEqualTo(503);
            assertThat(System.nanoTime()).isLessThan(deadline);
            pause(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private City.Answer end(String run) {
        var deadline = System.nanoTime() + END_MAX.toNanos();
        while (true) {
            fresh();
            var seen = see(run);
            if (!List.of("QUEUED", "RUNNING").contains(seen.<String>at("$.state"))) return seen;
            assertThat(System.nanoTime()).as(seen.body()).isLessThan(deadline);
            pause(TimeUnit.MILLISECONDS.toNanos(60));
        }
    }

    /** Counts how it ended; what failed leaves the old content, and the next run delivers. */
    private void check(Lane lane, String run, City.Answer end, int oldest, String kind, boolean met)
            throws Exception {
        var state = end.<String>at("$.state");
        if (state.equals("DELIVERED")) {
            var outcome = isTrue(lane, run, end, oldest, lane.version());
            if (met) faults.count(kind, outcome);
            if (kind.equals(Kind.TABLE_ALTERED.name())) heal(lane);
            return;
        }
        var type = end.<String>at("$.problem.type");
        assertThat(state).as(end.body()).isEqualTo("FAILED");
        assertThat(type)
                .as(end.body())
                .isIn(
                        "urn:shuqiao:engine:column-lost",
                        "urn:shuqiao:engine:type-changed",
                        "urn:shuqiao:engine:table-vanished",
                        "urn:shuqiao:engine:disk-full",
                        "urn:shuqiao:engine:name-not-found",
                        "urn:shuqiao:engine:not-supported",
                        "urn:shuqiao:engine:database-error");
        assertThat(kind).isIn(Kind.TABLE_ALTERED.name(), "DISK_FULL");
        nothingCame(lane, run);
        faults.count(kind, "refused");
        if (kind.equals(Kind.TABLE_ALTERED.name())) heal(lane);
        var again = ask(lane);
        isTrue(lane, again, end(again));
    }

    private static void heal(Lane lane) {
        lane.make();
    }

    private void nothingCame(Lane lane, String run) {
        assertThat(city.get(consumer, "/api/v1/runs/" + run + "/receipt").status()).isEqualTo(409);
        assertThat(receipts(run)).as("receipts of " + run).isZero();
        if (lane.mode == Lane.Mode.FILE) return;
        assertThat(lane.versionThere()).isEqualTo(lane.delivered);
        assertThat(lane.wrong(lane.delivered)).as(said(lane)).isEmpty();
        assertThat(lane.left()).as(said(lane)).isEmpty();
    }

    private String isTrue(Lane lane, String run, City.Answer end) throws Exception {
        return isTrue(lane, run, end, lane.version(), lane.version());
    }

    /** Row by row, and the receipt against what stands there. Returns in which attempt it came. */
    private String isTrue(Lane lane, String run, City.Answer end, int oldest, int newest)
            throws Exception {
        assertThat(end.<String>at("$.state")).as(said(lane) + end.body()).isEqualTo("DELIVERED");
        var receipt = city.get(consumer, "/api/v1/runs/" + run + "/receipt");
        var keys = PublicKeys.parse(Files.readString(home.keys().resolve("public.json")));
        assertThat(ReceiptVerifier.verify(receipt.body(), keys).isValid())
                .as(receipt.body())
                .isTrue();
        assertThat(Instant.parse(receipt.at("$.finishedAt")))
                .isAfterOrEqualTo(Instant.parse(receipt.at("$.startedAt")));
        assertThat(receipts(run)).as("receipts of " + run).isEqualTo(1);
        var digest = receipt.<String>at("$.content.digest");
        var version = lane.mode == Lane.Mode.FILE ? file(lane, run, digest) : table(lane, digest);
        assertThat(version).as(said(lane)).isBetween(oldest, newest);
        lane.delivered = version;
        assertThat(receipt.<Integer>at("$.rowsRead").longValue()).isEqualTo(lane.count(version));
        assertThat(receipt.<Integer>at("$.rowsWritten").longValue()).isEqualTo(lane.count(version));
        if (lane.reader != null) assertThat(lane.reader.wrong()).as(said(lane)).isNull();
        return "delivered in attempt " + end.<Integer>at("$.attempt");
    }

    private int table(Lane lane, String digest) throws Exception {
        var version = lane.versionThere();
        assertThat(lane.wrong(version)).as(said(lane)).isEmpty();
        assertThat(lane.left()).as(said(lane)).isEmpty();
        if (lane.mode == Lane.Mode.REPLACED)
            assertThat(lane.digest(true)).as(said(lane)).isEqualTo(digest);
        else if (version == lane.version() && lane.isUntouched())
            assertThat(lane.digest(false)).as(said(lane)).isEqualTo(digest);
        return version;
    }

    private int file(Lane lane, String run, String digest) throws Exception {
        var bytes = bytes(run);
        assertThat("sha256:" + sha256(bytes)).isEqualTo(digest);
        var all = new String(bytes, StandardCharsets.UTF_8).split("\r\n");
        var lines = Lane.byNumber(List.of(all).subList(1, all.length));
        var version = Integer.parseInt(lines.getFirst().split(",", -1)[1]);
        assertThat(lines.equals(lane.lines(version))).as(said(lane)).isTrue();
        return version;
    }

    private byte[] bytes(String run) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var answer =
                    client.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    city.url()
                                                            + "/api/v1/runs/"
                                                            + run
                                                            + "/files/data.csv"))
                                    .header("Authorization", "Bearer " + consumer)
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            return answer.body();
        }
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private long receipts(String run) {
        return city
                .get(
                        city.token(City.BUREAU, Role.AUDIT_ADMIN),
                        "/api/v1/audit/entries?kind=Receipt&limit=50")
                .<List<String>>at("$.items[*].body")
                .stream()
                .filter(body -> body.contains("\"" + run + "\""))
                .count();
    }

    private String said(Lane lane) {
        return lane.mode + ", shuqiao.seed=" + faults.seed() + " ";
    }

    private static void pause(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
