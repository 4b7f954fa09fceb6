package shuqiao.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, as a {@link Reason} and named arguments. The message is for logs and holds no
 * row and no secret.
 */
public sealed class EngineFailure extends RuntimeException
        permits InvalidAddress, InvalidFilter, InvalidMask, SourceChanged, TargetDiffers {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient Map<String, String> arguments;

    EngineFailure(Reason reason, Map<String, String> arguments, @Nullable Throwable cause) {
        super(reason.key() + " " + shown(arguments), cause);
        this.reason = reason;
        this.arguments = shown(arguments);
    }

    /** Names and words of other servers stand in them. */
    private static Map<String, String> shown(Map<String, String> arguments) {
        return arguments.entrySet().stream()
                .collect(
                        Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, entry -> Shown.line(entry.getValue())));
    }

    EngineFailure(Reason reason, Map<String, String> arguments) {
        this(reason, arguments, null);
    }

    public Reason reason() {
        return reason;
    }

    /** In the names of {@link Reason#arguments()}; one that is not known is absent. */
    public Map<String, String> arguments() {
        return new LinkedHashMap<>(arguments);
    }

    /** True when a later attempt may succeed. */
    public boolean isTransient() {
        return reason.isTransient();
    }
}
