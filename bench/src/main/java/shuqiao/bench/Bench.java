package shuqiao.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** {@code Bench NAME [--json FILE] …}: prints a table, writes JSON. */
public final class Bench {

    private static final String USAGE =
            """
            usage: bench exchange [--json FILE] [--rows N] [--repetitions N] [--subjects NAME,NAME] [--server URL]
                   bench export [--json FILE] [--rows N] [--repetitions N]
                   bench start [--json FILE] [--repetitions N]
                   bench pages [--json FILE] [--resources N] [--repetitions N]
                   bench acts [--json FILE] [--repetitions N]
                   bench jobs [--json FILE] [--rows N] [--runs N]
                   bench large [--json FILE] [--gigabytes N]
                   bench catalog [--json FILE] [--resources N] [--repetitions N]
            """;

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0 || arguments.length % 2 == 0) refuse();
        Optional<Path> json = Optional.empty();
        var rows = 0L;
        var resources = 0;
        var repetitions = 0;
        var runs = 1_000;
        var gigabytes = 10;
        var subjects = Set.<String>of();
        var server = Optional.<String>empty();
        for (var i = 1; i + 1 < arguments.length; i += 2) {
            switch (arguments[i]) {
                case "--json" -> json = Optional.of(Path.of(arguments[i + 1]));
                case "--rows" -> rows = Long.parseLong(arguments[i + 1]);
                case "--resources" -> resources = Integer.parseInt(arguments[i + 1]);
                case "--subjects" -> subjects = Set.of(arguments[i + 1].split(",", -1));
                case "--server" -> server = Optional.of(arguments[i + 1]);
                case "--runs" -> runs = Integer.parseInt(arguments[i + 1]);
                case "--gigabytes" -> gigabytes = Integer.parseInt(arguments[i + 1]);
                case "--repetitions" -> repetitions = Integer.parseInt(arguments[i + 1]);
                default -> refuse();
            }
        }
        switch (arguments[0]) {
            case "exchange" ->
                    exchange(
                            rows == 0 ? 5_000_000 : rows,
                            repetitions,
                            subjects,
                            BenchServer.of(server),
                            json);
            case "export" -> export(rows == 0 ? 1_000_000 : rows, repetitions, json);
            case "start" -> start(repetitions, json);
            case "pages" -> pages(resources == 0 ? 10_000 : resources, repetitions, json);
            case "acts" -> acts(repetitions, json);
            case "catalog" -> catalog(resources == 0 ? 100_000 : resources, repetitions, json);
            case "jobs" -> jobs(runs, rows == 0 ? 1_000 : (int) rows, json);
            case "large" -> large(gigabytes, json);
            default -> refuse();
        }
        System.exit(0);
    }

    private static void refuse() {
        System.err.print(USAGE);
        System.exit(2);
    }

    private static void exchange(
            long rows,
            int repetitions,
            Set<String> subjects,
            BenchServer server,
            Optional<Path> json)
            throws Exception {
        try (var exchange = new ExchangeBench(rows, server)) {
            var outcome = exchange.run(repetitions == 0 ? 5 : repetitions, subjects);
            System.out.print(outcome.table());
            if (json.isPresent()) write(json.get(), outcome.json());
        }
    }

    private static void export(long rows, int repetitions, Optional<Path> json) throws Exception {
        try (var export = new ExportBench(rows)) {
            var outcome = export.run(repetitions == 0 ? 5 : repetitions);
            System.out.print(outcome.table());
            if (json.isPresent()) write(json.get(), outcome.json());
        }
    }

    private static void start(int repetitions, Optional<Path> json) throws Exception {
        try (var start = new StartBench(Path.of(System.getProperty("shuqiao.launcher")))) {
            var outcome = start.run(repetitions == 0 ? 5 : repetitions);
            System.out.print(outcome.table());
            if (json.isPresent()) write(json.get(), outcome.json());
        }
    }

    private static void pages(int resources, int repetitions, Optional<Path> json)
            throws Exception {
        try (var pages = new PagesBench(resources, jar())) {
            System.out.print(pages.run(repetitions == 0 ? 100 : repetitions));
            if (json.isPresent()) write(json.get(), pages.json());
        }
    }

    private static void acts(int repetitions, Optional<Path> json) throws Exception {
        try (var acts = new ActsBench(jar())) {
            System.out.print(acts.run(repetitions == 0 ? 100 : repetitions));
            if (json.isPresent()) write(json.get(), acts.json());
        }
    }

    private static void jobs(int runs, int rows, Optional<Path> json) throws Exception {
        try (var jobs = new JobsBench(runs, rows, jar())) {
            System.out.print(jobs.run());
            if (json.isPresent()) write(json.get(), jobs.json());
        }
    }

    private static void large(int gigabytes, Optional<Path> json) throws Exception {
        try (var large = new LargeBench(gigabytes, jar())) {
            System.out.print(large.run());
            if (json.isPresent()) write(json.get(), large.json());
        }
    }

    private static Path jar() {
        return Path.of(System.getProperty("shuqiao.app", "platform/target/app/shuqiao.jar"));
    }

    private static void catalog(int resources, int repetitions, Optional<Path> json)
            throws Exception {
        try (var catalog = new CatalogBench(resources, jar())) {
            System.out.print(catalog.run(repetitions == 0 ? 100 : repetitions));
            if (json.isPresent()) write(json.get(), catalog.json());
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text + "\n");
    }
}
