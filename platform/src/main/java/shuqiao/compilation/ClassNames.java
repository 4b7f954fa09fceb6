package shuqiao.compilation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shuqiao.catalog.ClassNode;
import shuqiao.kernel.NormalForm;

/**
 * Finds classes as people write them: by full code, by code and name, or level by level by name.
 */
final class ClassNames {

    private final Map<String, ClassNode> byCode = new HashMap<>();
    private final Map<String, ClassNode> byName = new HashMap<>();

    ClassNames(List<ClassNode> nodes) {
        for (var node : nodes) {
            byCode.put(node.fullCode(), node);
            byName.put(place(node.parentFullCode(), node.name()), node);
            byName.putIfAbsent(place(node.parentFullCode(), node.nodeCode()), node);
        }
    }

    /** A cell that says the class alone: a code, a code with its name, or names from the top. */
    Optional<ClassNode> whole(String words) {
        var plain = plain(words);
        var code = plain.replaceAll("(?s)^([0-9A-Za-z]+).*", "$1");
        var node = byCode.get(code);
        if (node != null) return Optional.of(node);
        Optional<ClassNode> found = Optional.empty();
        @Nullable String parent = null;
        for (var name : plain.split("[/＞>→-]+")) {
            found = below(parent, name);
            if (found.isEmpty()) return Optional.empty();
            parent = found.orElseThrow().fullCode();
        }
        return found;
    }

    /** A cell of one level, under the class that the cells before it say. */
    Optional<ClassNode> below(@Nullable String parent, String words) {
        var plain = plain(words);
        var code = plain.replaceAll("(?s)^([0-9A-Za-z]+).*", "$1");
        var node = byCode.get(code);
        if (node != null && (parent == null || code.startsWith(parent))) return Optional.of(node);
        var named = byName.get(place(parent, plain.replaceAll("类$", "")));
        if (named != null) return Optional.of(named);
        named = byName.get(place(parent, plain));
        if (named != null) return Optional.of(named);
        if (parent == null)
            for (var top : List.of("1", "2", "3")) {
                var known = byCode.get(top);
                if (known != null && known.name().startsWith(plain.replaceAll("类$", "")))
                    return Optional.of(known);
            }
        return Optional.ofNullable(byName.get(place(parent, code)));
    }

    private static String place(@Nullable String parent, String name) {
        return (parent == null ? "" : parent) + "\n" + plain(name);
    }

    private static String plain(String words) {
        return NormalForm.of(words).replaceAll("[\\p{Cf}]+", "").strip();
    }
}
