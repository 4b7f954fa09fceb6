package shuqiao.shell;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Messages;

/**
 * What the operator calls this site and who stands behind it. Every item is a setting; what has no
 * value is not shown, and nothing is invented. Read at most every few seconds.
 */
@Component
public class SiteSettings {

    public static final String NAME = "site.name";
    public static final String NAME_EN = "site.name.en";
    public static final String OPEN_NAME = "site.open-name";
    public static final String OPEN_NAME_EN = "site.open-name.en";
    public static final String OPERATOR = "site.operator";
    public static final String PHONE = "site.phone";

    /** Number under which the site is filed (ICP备案). */
    public static final String ICP = "site.icp";

    /** {@code true} puts 演示 on every page. */
    public static final String DEMO = "demo";

    private static final Duration FRESH = Duration.ofSeconds(3);

    /** As pages show it, in one language; empty where the operator said nothing. */
    public record Site(
            String name,
            String openName,
            String operator,
            String phone,
            String icp,
            boolean demo,
            String version) {}

    private record Read(Map<String, String> settings, Instant at) {}

    private final SettingTable table;
    private final MessageSource messages;
    private final InstantSource clock;
    private final @Nullable String version =
            SiteSettings.class.getPackage().getImplementationVersion();
    private volatile @Nullable Read last;

    SiteSettings(SettingTable table, MessageSource messages, InstantSource clock) {
        this.table = table;
        this.messages = messages;
        this.clock = clock;
    }

    public Site in(Locale locale) {
        var settings = settings();
        return new Site(
                named(settings, NAME, locale),
                named(settings, OPEN_NAME, locale),
                settings.getOrDefault(OPERATOR, ""),
                settings.getOrDefault(PHONE, ""),
                settings.getOrDefault(ICP, ""),
                Boolean.parseBoolean(settings.get(DEMO)),
                Messages.sentence(messages, "brand", Map.of(), locale)
                        + (version == null ? "" : " " + version));
    }

    /** What was chosen, by name. */
    Map<String, String> chosen() {
        return Map.copyOf(table.all());
    }

    /** Keeps a setting; pages show it at once. Called by the demo city and by the settings page. */
    public void put(String name, String value) {
        table.put(name, value);
        last = null;
    }

    private String named(Map<String, String> settings, String setting, Locale locale) {
        var chosen =
                locale.getLanguage().equals("en")
                        ? settings.getOrDefault(setting + ".en", "")
                        : settings.getOrDefault(setting, "");
        return chosen.isBlank() ? Messages.sentence(messages, setting, Map.of(), locale) : chosen;
    }

    private Map<String, String> settings() {
        var now = clock.instant();
        var known = last;
        if (known != null && now.isBefore(known.at().plus(FRESH)) && !now.isBefore(known.at()))
            return known.settings();
        var settings = Map.copyOf(table.all());
        last = new Read(settings, now);
        return settings;
    }
}
