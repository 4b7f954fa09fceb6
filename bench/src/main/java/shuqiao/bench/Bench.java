package shuqiao.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** {@code Bench NAME [--json FILE] [--rows N] [--repetitions N]}: prints a table, writes JSON. */
public final class Bench {

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0 || !arguments[0].equals("exchange")) {
            System.err.println("usage: bench exchange [--json FILE] [--rows N] [--repetitions N]");
            System.exit(2);
        }
        Optional<Path> json = Optional.empty();
        var rows = 5_000_000L;
        var repetitions = 5;
        for (var i = 1; i + 1 < arguments.length; i += 2) {
            switch (arguments[i]) {
                case "--json" -> json = Optional.of(Path.of(arguments[i + 1]));
                case "--rows" -> rows = Long.parseLong(arguments[i + 1]);
                case "--repetitions" -> repetitions = Integer.parseInt(arguments[i + 1]);
                default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
            }
        }
        try (var exchange = new ExchangeBench(rows)) {
            var outcome = exchange.run(repetitions);
            System.out.print(outcome.table());
            if (json.isPresent()) write(json.get(), outcome.json());
        }
        System.exit(0);
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text + "\n");
    }
}
