package shuqiao.mutation;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The program that runs test classes in their order, to the first failure. Its first argument is
 * the file for its answer: {@code FOUND class#method} and why, or {@code PASSED count}.
 */
final class Trial implements TestExecutionListener {

    private final Path answer;
    private final AtomicInteger passed = new AtomicInteger();

    private Trial(Path answer) {
        this.answer = answer;
    }

    public static void main(String[] arguments) {
        var trial = new Trial(Path.of(arguments[0]));
        var classes = Arrays.stream(arguments).skip(1).map(name -> selectClass(name)).toList();
        var request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(classes)
                        .filters(TagFilter.excludeTags("long", "browser", "mutations"))
                        .configurationParameter(
                                "junit.jupiter.execution.timeout.testable.method.default", "120 s")
                        .build();
        LauncherFactory.create().execute(request, trial);
        trial.end("PASSED " + trial.passed.get());
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.FAILED) {
            end("FOUND " + name(test) + "\n" + result.getThrowable().orElse(null));
        }
        if (result.getStatus() == TestExecutionResult.Status.SUCCESSFUL && test.isTest())
            passed.incrementAndGet();
    }

    private static String name(TestIdentifier test) {
        return switch (test.getSource().orElse(null)) {
            case MethodSource method -> method.getClassName() + "#" + method.getMethodName();
            case ClassSource type -> type.getClassName() + "#";
            case null, default -> test.getUniqueId() + "#";
        };
    }

    /** At once: a mutant need not end in order, and what it started ends with it. */
    private synchronized void end(String word) {
        try {
            Files.writeString(answer, word);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().halt(0);
    }
}
