package shuqiao.catalog;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.annotation.Transactional;
import shuqiao.catalog.CatalogEvent.ClassNodeAdded;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Role;

/**
 * The classification tree: the nodes of the nation, and those that the data authority adds. A local
 * 项 has a number of 50 or above, so that one of the nation never meets it.
 */
@Door
public class Classification {

    private static final int DEPTH_MAX = 8;
    private static final int FULL_CODE_MAX = 64;
    private static final Pattern LOCAL_ITEM = Pattern.compile("[5-9][0-9]");
    private static final Pattern GROUP = Pattern.compile("[0-9]{3}");
    private static final Pattern DETAIL = Pattern.compile("[0-9A-Za-z]{1,16}");

    /** A node to be added under another. */
    public record NewClassNode(
            @Nullable String parentFullCode,
            @Nullable String nodeCode,
            @Nullable String name,
            @Nullable String nameEn) {}

    private final ClassNodeTable table;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Classification(ClassNodeTable table, ApplicationEventPublisher events, InstantSource clock) {
        this.table = table;
        this.events = events;
        this.clock = clock;
    }

    /** The whole tree in order of codes. */
    public List<ClassNode> all(Actor actor) {
        return table.all();
    }

    @Transactional
    public ClassNode add(Actor actor, NewClassNode entry) {
        if (actor.kind() != Actor.Kind.PLATFORM) actor.require(Role.AUTHORITY);
        var faults = new Invalid.Faults();
        var parentCode = faults.text("parentFullCode", entry.parentFullCode(), FULL_CODE_MAX);
        var code = faults.text("nodeCode", entry.nodeCode(), 16);
        var name = faults.text("name", entry.name(), DescriptionRules.NAME_MAX);
        var nameEn = faults.optionalText("nameEn", entry.nameEn(), 200);
        var parent = table.find(parentCode.replace("\0", ""));
        if (parent.isEmpty() && !parentCode.isEmpty())
            faults.add("parentFullCode", "catalog.unknown-class", Map.of("code", parentCode));
        var depth = parent.map(ClassNode::depth).orElse(DEPTH_MAX) + 1;
        if (parent.isPresent()) {
            if (depth > DEPTH_MAX || parentCode.length() + code.length() > FULL_CODE_MAX)
                faults.add("parentFullCode", "catalog.class-too-deep");
            else if (!code.isEmpty() && !shape(depth).matcher(code).matches())
                faults.add("nodeCode", "catalog.node-code." + Math.min(depth, 4));
        }
        faults.refuseIfAny();
        var node = new ClassNode(parentCode + code, parentCode, code, name, nameEn, depth, false);
        table.insert(node);
        events.publishEvent(new ClassNodeAdded(node.fullCode(), actor, clock.instant()));
        return node;
    }

    private static Pattern shape(int depth) {
        return switch (depth) {
            case 2 -> LOCAL_ITEM;
            case 3 -> GROUP;
            default -> DETAIL;
        };
    }
}
