package shuqiao.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Times of all subjects, in the order they ran.
 *
 * @param ratios pairs of names, ours first; higher is better
 */
record Outcome(
        String bench,
        long rows,
        List<Subject> subjects,
        List<List<String>> ratios,
        List<String> remarks) {

    /**
     * One subject's times.
     *
     * @param cpuSeconds of the client side, without the database servers
     */
    record Subject(String name, List<Double> seconds, List<Double> cpuSeconds) {
        Subject(String name) {
            this(name, new ArrayList<>(), new ArrayList<>());
        }
    }

    String table() {
        var text =
                new StringBuilder(
                        "%-16s %10s %10s %12s%n".formatted("subject", "seconds", "cpu", "rows/s"));
        for (var subject : subjects)
            text.append(
                    "%-16s %10.2f %10.2f %,12d%n"
                            .formatted(
                                    subject.name(),
                                    median(subject.seconds()),
                                    median(subject.cpuSeconds()),
                                    perSecond(subject)));
        ratio().forEach((name, value) -> text.append("%-32s %.2f%n".formatted(name, value)));
        for (var remark : remarks) text.append(remark).append('\n');
        return text.toString();
    }

    String json() {
        var all = new LinkedHashMap<String, Object>();
        all.put("bench", bench);
        all.put("machine", machine());
        all.put("rows", rows);
        all.put("repetitions", subjects.getFirst().seconds().size());
        all.put("subjects", subjects.stream().map(this::json).toList());
        all.put("ratio", ratio());
        all.put("remarks", remarks);
        return print(all);
    }

    static String print(Map<String, Object> all) {
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(all);
    }

    /** Median over the pairs of one repetition each. */
    private Map<String, Double> ratio() {
        var result = new LinkedHashMap<String, Double>();
        for (var pair : ratios) {
            var ours = subject(pair.getFirst()).seconds();
            var theirs = subject(pair.getLast()).seconds();
            var each = new ArrayList<Double>();
            for (var i = 0; i < ours.size(); i++) each.add(theirs.get(i) / ours.get(i));
            result.put(
                    pair.getFirst() + "/" + pair.getLast(),
                    Math.round(median(each) * 1000) / 1000.0);
        }
        return result;
    }

    private Map<String, Object> json(Subject subject) {
        var map = new LinkedHashMap<String, Object>();
        map.put("name", subject.name());
        map.put("seconds", subject.seconds());
        map.put("cpuSeconds", subject.cpuSeconds());
        map.put("perSecond", perSecond(subject));
        return map;
    }

    private Subject subject(String name) {
        return subjects.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
    }

    private long perSecond(Subject subject) {
        return Math.round(rows / median(subject.seconds()));
    }

    static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        var middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    static Map<String, Object> machine() {
        var machine = new LinkedHashMap<String, Object>();
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        machine.put("java", System.getProperty("java.runtime.version"));
        machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("heapMaxMegabytes", Runtime.getRuntime().maxMemory() >> 20);
        machine.put(
                "load",
                Double.parseDouble(
                        String.format(
                                Locale.ROOT,
                                "%.2f",
                                java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                                        .getSystemLoadAverage())));
        return machine;
    }
}
