package shuqiao.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Many gigabytes in one run of a platform whose heap has 256 MB, by the whole path, without masks.
 * Memory is looked at four times a second; the database servers' is not counted.
 */
final class LargeBench implements AutoCloseable {

    private static final String HEAP = "-Xmx256m";
    private static final long ROWS_OF_A_GIGABYTE = 5_000_000;
    private static final long BATCH = 500_000;
    private static final int PARTS = 4;

    private final int gigabytes;
    private final RunningPlatform platform;
    private final TwoDepartments city;
    private final List<Long> megabytes = new ArrayList<>();
    private final Map<String, Object> facts = new LinkedHashMap<>();

    LargeBench(int gigabytes, Path jar) throws Exception {
        this.gigabytes = gigabytes;
        System.err.println("starting a platform of its own");
        platform = RunningPlatform.start(HEAP, jar, "--city", "small");
        city = new TwoDepartments(platform);
    }

    String run() throws Exception {
        System.err.println("making the table");
        fill();
        var grant = city.grant("large", Map.of());
        System.err.printf("delivering %d GB%n", gigabytes);
        facts.put("heap", HEAP);
        facts.put("megabytesBefore", Cpu.resident(platform.pid()));
        var cpu = Cpu.of(platform.pid());
        var server = Cpu.ofServer(platform.postmaster());
        var start = System.nanoTime();
        var run =
                city.programs()
                        .post(
                                city.consumer().steward(),
                                "/runs",
                                Map.of(
                                        "grant",
                                        grant,
                                        "target",
                                        city.target(),
                                        "schema",
                                        TwoDepartments.SCHEMA,
                                        "table",
                                        "arrived"))
                        .path("id")
                        .asString();
        var over = watched(run);
        var seconds = (System.nanoTime() - start) / 1e9;
        facts.put("seconds", Math.round(seconds * 10) / 10.0);
        facts.put("rows", over[0]);
        facts.put("bytes", over[1]);
        facts.put("megabytesPerSecond", Math.round(over[1] / 1e6 / seconds));
        facts.put("cpuSeconds", Cpu.of(platform.pid()) - cpu);
        facts.put("serverCpuSeconds", Cpu.ofServer(platform.postmaster()) - server);
        facts.put("megabytesMost", Cpu.residentMost(platform.pid()));
        facts.put("megabytesMostByQuarter", quarters());
        return facts.entrySet().stream()
                .map(it -> "%-24s %s%n".formatted(it.getKey(), it.getValue()))
                .collect(Collectors.joining());
    }

    /** A gigabyte that is there, read as often as it takes: the disk holds one and what arrives. */
    private void fill() throws Exception {
        city.provider().run(Person.TABLE);
        for (var from = 1L; from <= ROWS_OF_A_GIGABYTE; from += BATCH)
            city.provider().run(Person.rows(from, from + BATCH - 1));
        city.provider()
                .run(
                        "vacuum (analyze, freeze) person",
                        "create view large as select p.* from generate_series(1, %d) cross join person p"
                                .formatted(gigabytes));
        city.consumer().run();
    }

    /** Rows and bytes. A token lives for some minutes only, so the database is asked. */
    private long[] watched(String run) throws Exception {
        try (var database = platform.database();
                var statement =
                        database.prepareStatement(
                                "select state, rows, bytes from exchange.run where id = ?")) {
            statement.setString(1, run);
            while (true) {
                try (var found = statement.executeQuery()) {
                    found.next();
                    switch (found.getString(1)) {
                        case "QUEUED", "RUNNING" -> {}
                        case "DELIVERED" -> {
                            return new long[] {found.getLong(2), found.getLong(3)};
                        }
                        default -> throw new IllegalStateException("the run " + found.getString(1));
                    }
                }
                megabytes.add(Cpu.resident(platform.pid()));
                TimeUnit.MILLISECONDS.sleep(250);
            }
        }
    }

    /** The most in each quarter of the time: it must not grow. */
    private List<Long> quarters() {
        var quarters = new ArrayList<Long>();
        for (var i = 0; i < PARTS; i++)
            quarters.add(
                    megabytes
                            .subList(
                                    i * megabytes.size() / PARTS,
                                    (i + 1) * megabytes.size() / PARTS)
                            .stream()
                            .mapToLong(Long::longValue)
                            .max()
                            .orElse(0));
        return quarters;
    }

    String json() {
        var all = new LinkedHashMap<String, Object>();
        all.put("bench", "large");
        all.put("machine", Outcome.machine());
        all.putAll(facts);
        return Outcome.print(all);
    }

    @Override
    public void close() throws Exception {
        platform.close();
    }
}
