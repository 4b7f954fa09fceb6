package shuqiao.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/**
 * Subjects that take turns: by one client, then each by four at once. All figures in milliseconds.
 */
final class Turns {

    static final int CLIENTS = 4;
    private static final int WARM_UP = 20;

    /** Once, by the client of this number; gives the size of the answer in bytes. */
    interface Work {
        int once(int client) throws Exception;
    }

    /**
     * What one subject took, in the order it was taken.
     *
     * @param path what was asked for
     * @param bytes of the answer
     */
    record Times(
            String name,
            String path,
            Work work,
            List<Double> alone,
            List<Double> together,
            int[] bytes) {

        double part(int percent) {
            return Turns.part(alone, percent);
        }
    }

    private final List<Times> subjects = new ArrayList<>();

    /** Refused when it does not work at all. */
    void add(String name, String path, Work work) throws Exception {
        work.once(0);
        subjects.add(new Times(name, path, work, new ArrayList<>(), new ArrayList<>(), new int[1]));
    }

    List<Times> subjects() {
        return subjects;
    }

    void measure(int rounds) throws Exception {
        System.err.println("warming up");
        for (int i = 0; i < WARM_UP; i++) for (var it : subjects) it.work().once(i % CLIENTS);
        System.err.println("one client");
        for (int i = 0; i < rounds; i++) for (var it : subjects) it.alone().add(timed(it, 0));
        System.err.println("four clients");
        try (var pool = Executors.newFixedThreadPool(CLIENTS)) {
            for (var it : subjects) {
                var work = new ArrayList<Callable<List<Double>>>();
                for (int client = 0; client < CLIENTS; client++) {
                    var mine = client;
                    work.add(() -> {
                        var times = new ArrayList<Double>();
                        for (int i = 0; i < rounds / 2; i++) times.add(timed(it, mine));
                        return times;
                    });
                }
                for (var done : pool.invokeAll(work)) it.together().addAll(done.get());
            }
        }
    }

    /** From the question to the last byte. */
    static double timed(Times it, int client) throws Exception {
        var start = System.nanoTime();
        var bytes = it.work().once(client);
        var taken = (System.nanoTime() - start) / 1e6;
        it.bytes()[0] = bytes;
        return taken;
    }

    String table() {
        var four = subjects.stream().anyMatch(it -> !it.together().isEmpty());
        var text = new StringBuilder("%-26s %8s %8s %8s".formatted("ms", "p50", "p95", "p99"));
        if (four) text.append("   %8s %8s %8s".formatted("4: p50", "p95", "p99"));
        text.append(" %8s%n".formatted("kB"));
        for (var it : subjects) {
            text.append("%-26s".formatted(it.name())).append(parts(it.alone(), " %8.1f"));
            if (four) text.append("  ").append(parts(it.together(), " %8.1f"));
            text.append(" %8d%n".formatted(it.bytes()[0] / 1000));
        }
        return text.toString();
    }

    private static String parts(List<Double> times, String format) {
        return (format + format + format)
                .formatted(part(times, 50), part(times, 95), part(times, 99));
    }

    List<Map<String, Object>> json() {
        return subjects.stream().map(Turns::json).toList();
    }

    private static Map<String, Object> json(Times it) {
        var subject = new LinkedHashMap<String, Object>();
        subject.put("name", it.name());
        subject.put("path", it.path());
        subject.put("bytes", it.bytes()[0]);
        subject.put("seconds", it.alone().stream().map(ms -> ms / 1000).toList());
        subject.put("milliseconds", parts(it.alone()));
        if (!it.together().isEmpty()) subject.put("millisecondsOfFour", parts(it.together()));
        return subject;
    }

    private static Map<String, Double> parts(List<Double> times) {
        var parts = new LinkedHashMap<String, Double>();
        for (var percent : new int[] {50, 95, 99})
            parts.put("p" + percent, Math.round(part(times, percent) * 10) / 10.0);
        return parts;
    }

    /** The smallest time that so many percent do not exceed. */
    static double part(List<Double> times, int percent) {
        var sorted = times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[(int) Math.ceil(sorted.length * percent / 100.0) - 1];
    }
}
