package shuqiao.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The classification tree in memory, to go up and down in it and to sum what lies under a node. */
final class Tree {

    private final Map<String, ClassNode> nodes = new HashMap<>();
    private final Map<String, List<ClassNode>> below = new HashMap<>();

    Tree(List<ClassNode> all) {
        for (var node : all) {
            nodes.put(node.fullCode(), node);
            below.computeIfAbsent(parent(node), _ -> new ArrayList<>()).add(node);
        }
    }

    Optional<ClassNode> find(String code) {
        return Optional.ofNullable(nodes.get(code));
    }

    /** Those directly below; the three 类 for the empty code. */
    List<ClassNode> below(String code) {
        return below.getOrDefault(code, List.of());
    }

    /** From the top down to the node itself. */
    List<ClassNode> way(String code) {
        var way = new ArrayList<ClassNode>();
        for (@Nullable ClassNode node = nodes.get(code);
                node != null;
                node = nodes.get(parent(node))) way.addFirst(node);
        return way;
    }

    /** The node and all under it. */
    Set<String> under(String code) {
        var under = new HashSet<String>();
        under.add(code);
        for (var node : below(code)) under.addAll(under(node.fullCode()));
        return under;
    }

    /** How many lie at and under each node. */
    Map<String, Long> summed(Map<String, Long> exact) {
        var sums = new HashMap<String, Long>();
        exact.forEach((code, number) -> {
            for (var node : way(code)) sums.merge(node.fullCode(), number, Long::sum);
        });
        return sums;
    }

    static String word(ClassNode node, Locale locale) {
        return locale.getLanguage().equals("en") && !node.nameEn().isEmpty()
                ? node.nameEn()
                : node.name();
    }

    private static String parent(ClassNode node) {
        var parent = node.parentFullCode();
        return parent == null ? "" : parent;
    }
}
