package shuqiao.mutation;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.tools.ToolProvider;
import shuqiao.PlatformTest;

/**
 * Compiles one mutant at a time into a copy of the classes of its module and runs the tests that
 * could see it in a process of their own.
 */
final class Laboratory implements AutoCloseable {

    private static final List<String> MODULES = List.of("standard", "engine", "platform");

    /** A hang counts as found; a slow machine should not. */
    private static final Duration LIMIT = Duration.ofMinutes(9);

    private final Path root;
    private final Path work;
    private final Map<Path, String> plan = new TreeMap<>();
    private final String classPath = System.getProperty("java.class.path");

    Laboratory(Path root) throws IOException {
        this.root = root;
        this.work = Files.createTempDirectory("shuqiao-mutants-");
        try (var pages = Files.list(root.resolve("docs/plan"))) {
            for (var page : pages.toList()) plan.put(page, Files.readString(page));
        }
        for (var module : MODULES) copy(classes(module), work.resolve(module));
    }

    /**
     * @param by the test that failed, or empty
     * @param why what it said
     * @param tests how many passed before
     */
    record Outcome(String by, String why, int tests, Duration took) {
        boolean found() {
            return !by.isEmpty();
        }
    }

    String classPath() {
        return classPath;
    }

    /** Whether the mutant compiles; if so its classes stand in the copy until it is taken back. */
    boolean compiles(Mutation mutation) throws IOException {
        var out = Files.createTempDirectory(work, "out-");
        var mutant = out.resolve("source").resolve(mutation.file().getFileName());
        Files.createDirectories(mutant.getParent());
        Files.writeString(mutant, mutation.in(Files.readString(root.resolve(mutation.file()))));
        var javac = ToolProvider.getSystemJavaCompiler();
        try (var files = javac.getStandardFileManager(null, null, null)) {
            var options =
                    List.of(
                            "-proc:none",
                            "-parameters",
                            "-g",
                            "-nowarn",
                            "-cp",
                            classPath,
                            "-d",
                            out.toString());
            var units = files.getJavaFileObjects(mutant);
            if (!javac.getTask(null, files, _ -> {}, options, null, units).call()) return false;
        }
        for (var made : classFiles(out))
            replace(made, work.resolve(mutation.module()).resolve(out.relativize(made)));
        return true;
    }

    /** Puts the classes back as they were, and what the tests wrote beside them. */
    void takeBack(Mutation mutation) throws IOException {
        restorePlan();
        var whole = classes(mutation.module());
        var name = mutation.file().getFileName().toString().replace(".java", "");
        var folder = whole.relativize(folder(mutation));
        try (var files = Files.list(work.resolve(mutation.module()).resolve(folder))) {
            for (var file : files.toList()) {
                var found = file.getFileName().toString();
                if (found.equals(name + ".class") || found.startsWith(name + "$"))
                    Files.delete(file);
            }
        }
        try (var files = Files.list(whole.resolve(folder))) {
            for (var file : files.toList()) {
                var found = file.getFileName().toString();
                if (found.equals(name + ".class") || found.startsWith(name + "$"))
                    replace(file, work.resolve(mutation.module()).resolve(whole.relativize(file)));
            }
        }
    }

    /** The plan of the house, which tests draw anew: a mutant may have spoilt it. */
    private void restorePlan() throws IOException {
        for (var page : plan.entrySet()) Files.writeString(page.getKey(), page.getValue());
    }

    /** Runs first the tests of its own module, then those of the platform. */
    Outcome examine(Mutation mutation, Part part) throws IOException, InterruptedException {
        var begun = System.nanoTime();
        var passed = 0;
        if (!mutation.module().equals("platform")) {
            var own = run(mutation.module(), ownTests(mutation, part));
            if (own.found()) return own;
            passed = own.tests();
        }
        var rest = run("platform", platformTests(mutation, part));
        var took = Duration.ofNanos(System.nanoTime() - begun);
        return new Outcome(rest.by(), rest.why(), passed + rest.tests(), took);
    }

    /** Runs these classes in this order, to the first failure. */
    Outcome run(String module, List<String> tests) throws IOException, InterruptedException {
        var begun = System.nanoTime();
        var answer = Files.createTempFile(work, "answer", "");
        var log = work.resolve("last.log");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx1g",
                        "-Dbasedir=" + root.resolve(module)));
        command.addAll(List.of("-cp", pathFor(module), Trial.class.getName(), answer.toString()));
        command.addAll(tests);
        var process =
                new ProcessBuilder(command)
                        .directory(root.resolve(module).toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        var ended = process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        var took = Duration.ofNanos(System.nanoTime() - begun);
        var word = Files.readString(answer);
        if (word.startsWith("PASSED ")) {
            var count = Integer.parseInt(word.substring(7));
            if (count == 0) throw new IllegalStateException("no test ran: " + tests);
            return new Outcome("", "", count, took);
        }
        if (word.startsWith("FOUND ")) {
            var lines = word.substring(6).split("\n", 2);
            return new Outcome(lines[0], lines[1], 0, took);
        }
        var by = ended ? "the end of the process" : "the time limit";
        return new Outcome(by, Files.readString(log), 0, took);
    }

    /** Tests of the same package, or of the whole standard. */
    private List<String> ownTests(Mutation mutation, Part part) {
        var module = mutation.module();
        var prefix =
                module.equals("standard")
                        ? "shuqiao/"
                        : classes(module).relativize(folder(mutation)) + "/";
        return ordered(
                mutation,
                part,
                testClasses(module).stream()
                        .filter(name ->
                                module.equals("standard")
                                        || name.lastIndexOf('/') == prefix.length() - 1
                                                && name.startsWith(prefix))
                        .toList(),
                module);
    }

    private List<String> platformTests(Mutation mutation, Part part) {
        var matchers =
                part.tests().stream()
                        .map(pattern -> FileSystems.getDefault().getPathMatcher("glob:" + pattern))
                        .toList();
        return ordered(
                mutation,
                part,
                testClasses("platform").stream()
                        .filter(name -> matchers.stream().anyMatch(m -> m.matches(Path.of(name))))
                        .filter(name -> !mutation.module().equals("engine") || callsEngine(name))
                        .toList(),
                "platform");
    }

    /** Without a context first; those that name the class or its room before the others. */
    private List<String> ordered(Mutation mutation, Part part, List<String> names, String module) {
        var mutant = folder(mutation).toString();
        var type = mutation.file().getFileName().toString().replace(".java", "");
        var whole = classes(mutation.module()) + "/";
        var own = (mutant + "/" + type).substring(whole.length());
        var ranks = new TreeMap<String, Integer>();
        for (var name : names) {
            var near = named(module, name).getOrDefault(own, 0L) > 0;
            var room = name.startsWith(own.substring(0, own.lastIndexOf('/') + 1));
            var first = part.first().contains(simple(name));
            ranks.put(
                    name, (ring(name) ? 8 : 0) + (first ? 0 : 4) + (near ? 0 : 2) + (room ? 0 : 1));
        }
        return names.stream()
                .sorted(Comparator.<String>comparingInt(ranks::get).thenComparing(name -> name))
                .map(name -> name.replace('/', '.'))
                .toList();
    }

    /** Whether its room calls the engine itself. */
    private static boolean callsEngine(String name) {
        return name.startsWith("shuqiao/exchange/") || name.startsWith("shuqiao/ledger/");
    }

    private static String simple(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** The classes that a test class and those nested in it name. */
    private Map<String, Long> named(String module, String test) {
        try {
            var file = root.resolve(module + "/target/test-classes/" + test + ".class");
            var pool = ClassFile.of().parse(file).constantPool();
            return StreamSupport.stream(pool.spliterator(), false)
                    .filter(ClassEntry.class::isInstance)
                    .map(entry -> ((ClassEntry) entry).asInternalName().replaceAll("\\$.*", ""))
                    .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it starts the platform. */
    private static boolean ring(String test) {
        try {
            var loader = Laboratory.class.getClassLoader();
            var type = Class.forName(test.replace('/', '.'), false, loader);
            return type.isAnnotationPresent(PlatformTest.class);
        } catch (ClassNotFoundException _) {
            return false; // of another module
        }
    }

    private List<String> testClasses(String module) {
        var folder = root.resolve(module + "/target/test-classes");
        return classFiles(folder).stream()
                .map(file -> folder.relativize(file).toString().replace(".class", ""))
                .filter(name -> name.endsWith("Tests") || name.endsWith("Test"))
                .filter(name -> !name.endsWith("/PlatformTest") && !name.contains("$"))
                .sorted()
                .toList();
    }

    private String pathFor(String module) {
        var own = Stream.of(root.resolve(module + "/target/test-classes").toString());
        var rest =
                Arrays.stream(classPath.split(File.pathSeparator))
                        .map(entry ->
                                MODULES.stream()
                                        .filter(m -> entry.equals(classes(m).toString()))
                                        .map(m -> work.resolve(m).toString())
                                        .findAny()
                                        .orElse(entry));
        return Stream.concat(own, rest).distinct().collect(Collectors.joining(File.pathSeparator));
    }

    private Path classes(String module) {
        return root.resolve(module + "/target/classes");
    }

    /** Where the classes of its source are. */
    private Path folder(Mutation mutation) {
        var file = mutation.file();
        return classes(mutation.module()).resolve(file.subpath(4, file.getNameCount() - 1));
    }

    private static List<Path> classFiles(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".class")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void replace(Path from, Path to) throws IOException {
        Files.deleteIfExists(to);
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var there = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) Files.createDirectories(there);
                else Files.copy(file, there);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (var files = Files.walk(work)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList())
                Files.deleteIfExists(file);
        }
    }
}
