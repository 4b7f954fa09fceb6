package shuqiao.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import shuqiao.engine.FileFormat;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Page;
import shuqiao.sharing.Grant;
import shuqiao.shell.Choice;
import shuqiao.source.Sources;

/**
 * The part of a form that says where a delivery goes: into a table of one's own connections or into
 * a file of some format. One field, {@code format}, asks for both.
 */
@Component
public class DestinationForm {

    /** Among the formats: into a table. */
    public static final String TABLE = "table";

    private final Sources sources;
    private final MessageSource messages;

    DestinationForm(Sources sources, MessageSource messages) {
        this.sources = sources;
        this.messages = messages;
    }

    /** The rail that is chosen with this format; a table where nothing is. */
    public static String rail(@Nullable String format) {
        return fileFormat(format) == null ? "exchange" : "file";
    }

    /** The format of the file that is chosen; null for a table. */
    public static @Nullable String fileFormat(@Nullable String format) {
        return TABLE.equals(format) ? null : format;
    }

    /**
     * A table name that no other grant proposes, so that none overwrites what another delivered.
     */
    public static String proposed(Grant grant) {
        return grant.number().toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** Whoever has no connection can only choose a file. */
    public void show(
            Actor actor,
            @Nullable String format,
            @Nullable Long target,
            Locale locale,
            Model model) {
        var targets = targets(actor);
        var formats = formats(actor).stream().map(one -> choice(one, locale)).toList();
        model.addAttribute("formats", formats);
        model.addAttribute("format", format == null ? formats.getFirst().value() : format);
        model.addAttribute("targets", targets);
        model.addAttribute(
                "target",
                target != null
                        ? target.toString()
                        : targets.size() == 1 ? targets.keySet().iterator().next() : "");
    }

    /** One's own connections, id to name. */
    public Map<String, String> targets(Actor actor) {
        var targets = new LinkedHashMap<String, String>();
        for (var source :
                sources.list(actor, new Page.Request(Page.LIMIT_MAX, Long.MAX_VALUE)).items())
            targets.put(
                    String.valueOf(source.id()), source.name() + "　" + source.address().database());
        return targets;
    }

    /** What can be chosen; a table only where there is a connection. */
    public List<String> formats(Actor actor) {
        var formats = new ArrayList<String>();
        if (!targets(actor).isEmpty()) formats.add(TABLE);
        for (var one : FileFormat.values()) formats.add(one.word());
        return formats;
    }

    private Choice choice(String value, Locale locale) {
        return new Choice(
                value,
                messages.getMessage("runs.new.format." + value, null, locale),
                messages.getMessage("runs.new.format." + value + ".what", null, locale));
    }
}
