package shuqiao.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * All words in both languages. Each room brings its own {@code messages_zh.properties} and {@code
 * messages_en.properties} beside its Java; a test finds any key that stands in one only.
 */
@Configuration(proxyBeanMethods = false)
public class Messages {

    /** Of a list that a sentence names, and characters of one fact in it. */
    private static final int NAMED_MAX = 50;

    private static final int FACT_MAX = 4_000;

    public static final Locale CHINESE = Locale.SIMPLIFIED_CHINESE;

    @Bean
    MessageSource messageSource() throws IOException {
        var names = new TreeSet<String>();
        for (var file :
                new PathMatchingResourcePatternResolver()
                        .getResources("classpath*:shuqiao/*/messages_zh.properties")) {
            var folders = file.getURL().getPath().split("/");
            names.add("shuqiao/" + folders[folders.length - 2] + "/messages");
        }
        var messages =
                new ResourceBundleMessageSource() {
                    @Override
                    protected MessageFormat createMessageFormat(
                            String text, @Nullable Locale locale) {
                        return Plurals.format(text, locale == null ? CHINESE : locale);
                    }
                };
        messages.setBasenames(names.toArray(String[]::new));
        messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
        messages.setFallbackToSystemLocale(false);
        messages.setDefaultLocale(CHINESE);
        return messages;
    }

    /**
     * A sentence with {@code {name}} filled in from the facts; the key itself where it is missing.
     */
    public static String sentence(
            MessageSource messages, String key, Map<String, Object> facts, Locale locale) {
        var text = messages.getMessage(key.replace(':', '.'), null, key, locale);
        if (text == null) return key;
        for (var fact : facts.entrySet()) {
            text = text.replace("{" + fact.getKey() + "}", word(messages, fact.getValue(), locale));
            text = Plurals.named(text, fact.getKey(), String.valueOf(fact.getValue()));
        }
        return text;
    }

    private static String word(MessageSource messages, Object value, Locale locale) {
        if (value instanceof Collection<?> many)
            return many.stream()
                            .limit(NAMED_MAX)
                            .map(one -> word(messages, one, locale))
                            .collect(
                                    Collectors.joining(
                                            locale.getLanguage().equals("zh") ? "、" : ", "))
                    + (many.size() > NAMED_MAX ? " …" : "");
        if (value instanceof Enum<?> constant) {
            var key = constant.getDeclaringClass().getSimpleName() + "." + constant.name();
            var word = messages.getMessage(key, null, constant.name(), locale);
            return word == null ? constant.name() : word;
        }
        var text = String.valueOf(value);
        return text.length() <= FACT_MAX ? text : text.substring(0, FACT_MAX) + "…";
    }

    /** Reads {@code en…} of an Accept-Language header as English, all else as Chinese. */
    public static Locale choose(@Nullable String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.isBlank()) return CHINESE;
        try {
            var best =
                    Locale.lookup(
                            Locale.LanguageRange.parse(acceptLanguage),
                            Arrays.asList(CHINESE, Locale.CHINESE, Locale.ENGLISH));
            return Locale.ENGLISH.equals(best) ? Locale.ENGLISH : CHINESE;
        } catch (IllegalArgumentException _) {
            return CHINESE;
        }
    }
}
