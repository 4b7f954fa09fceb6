package shuqiao.shell;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.annotation.Transactional;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Role;

/** What the operator says of the site. Kept by the system administrator; pages show it at once. */
@Door
public class Settings {

    /** All that a page really uses, in the order of the form. */
    static final List<String> NAMES =
            List.of(
                    SiteSettings.NAME,
                    SiteSettings.NAME_EN,
                    SiteSettings.OPEN_NAME,
                    SiteSettings.OPEN_NAME_EN,
                    SiteSettings.OPERATOR,
                    SiteSettings.PHONE,
                    SiteSettings.ICP);

    private static final int LENGTH_MAX = 60;
    private static final Pattern PHONE = Pattern.compile("[0-9+()（）\\-\\s转]{3,40}");

    private final SiteSettings site;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Settings(SiteSettings site, ApplicationEventPublisher events, InstantSource clock) {
        this.site = site;
        this.events = events;
        this.clock = clock;
    }

    /** Each setting as it was chosen; empty where the operator said nothing. */
    public Map<String, String> values(Actor actor) {
        actor.require(Role.SYSTEM_ADMIN);
        var chosen = site.chosen();
        var values = new LinkedHashMap<String, String>();
        NAMES.forEach(name -> values.put(name, chosen.getOrDefault(name, "")));
        return values;
    }

    /** Takes all of them; what is left out becomes empty, hence is not shown. */
    @Transactional
    public Map<String, String> change(Actor actor, Map<String, String> wanted) {
        var before = values(actor);
        var faults = new Invalid.Faults();
        var changed = new ArrayList<String>();
        var after = new LinkedHashMap<String, String>();
        for (var name : NAMES) {
            var value = faults.optionalText(name, wanted.get(name), LENGTH_MAX);
            if (value.chars().anyMatch(Character::isISOControl))
                faults.add(name, "settings.one-line");
            if (!value.equals(before.get(name))) changed.add(name);
            after.put(name, value);
        }
        var phone = after.getOrDefault(SiteSettings.PHONE, "");
        if (!phone.isEmpty() && !PHONE.matcher(phone).matches())
            faults.add(SiteSettings.PHONE, "settings.phone");
        faults.refuseIfAny();
        changed.forEach(name -> site.put(name, after.getOrDefault(name, "")));
        if (!changed.isEmpty())
            events.publishEvent(new SettingsChanged(changed, actor, clock.instant()));
        return after;
    }
}
