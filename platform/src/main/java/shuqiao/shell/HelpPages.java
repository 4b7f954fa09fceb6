package shuqiao.shell;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Role;

/**
 * Where to get help, what this site promises to readers with a handicap, and the operations of the
 * API as a list that a person reads. Open to visitors: who cannot log in needs help most.
 */
@Controller
class HelpPages {

    /** Summaries end with the Chinese words. */
    private static final Pattern CHINESE = Pattern.compile("\\s*(\\p{IsHan}.*)$");

    /**
     * One operation.
     *
     * @param roles any of them may call it; empty for every program that is signed in
     */
    record Line(
            String method,
            String path,
            String id,
            String chinese,
            String english,
            List<Role> roles,
            boolean anyone) {}

    private final RequestMappingHandlerMapping routes;

    HelpPages(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping routes) {
        this.routes = routes;
    }

    @GetMapping("/help")
    @Allows(anyone = true)
    String help(Model model) {
        model.addAttribute("works", List.of("find", "ask", "give", "receive", "check"));
        model.addAttribute("promises", List.of("keyboard", "script", "zoom", "care", "print"));
        return "shell/help";
    }

    @GetMapping("/help/api")
    @Allows(anyone = true)
    String api(@RequestParam(name = "of", required = false) @Nullable String of, Model model) {
        var groups = groups();
        var chosen = of != null && groups.containsKey(of) ? of : groups.firstKey();
        model.addAttribute("names", groups.keySet());
        model.addAttribute("chosen", chosen);
        model.addAttribute("lines", groups.get(chosen));
        return "shell/help-api";
    }

    /** By tag; the same annotations that the OpenAPI document is drawn from. */
    private TreeMap<String, List<Line>> groups() {
        var groups = new TreeMap<String, List<Line>>();
        routes.getHandlerMethods()
                .forEach((route, method) -> {
                    var operation = method.getMethodAnnotation(Operation.class);
                    var rule = method.getMethodAnnotation(Allows.class);
                    if (operation == null || rule == null) return;
                    var summary = operation.summary();
                    var chinese = CHINESE.matcher(summary);
                    var found = chinese.find();
                    for (var path : route.getPatternValues())
                        groups.computeIfAbsent(
                                        tag(operation, method.getBeanType()),
                                        _ -> new ArrayList<>())
                                .add(
                                        new Line(
                                                route.getMethodsCondition().getMethods().stream()
                                                        .map(Enum::name)
                                                        .sorted()
                                                        .collect(Collectors.joining(" ")),
                                                path,
                                                operation.operationId(),
                                                found ? chinese.group(1) : summary,
                                                found
                                                        ? summary.substring(0, chinese.start())
                                                        : summary,
                                                Arrays.asList(rule.value()),
                                                rule.anyone()));
                });
        groups.values()
                .forEach(lines ->
                        lines.sort(Comparator.comparing(Line::path).thenComparing(Line::method)));
        return groups;
    }

    /** Declared operations name theirs themselves. */
    private static String tag(Operation operation, Class<?> controller) {
        if (operation.tags().length > 0) return operation.tags()[0];
        var tag = controller.getAnnotation(Tag.class);
        return tag == null ? "" : tag.name();
    }
}
