package shuqiao.onesource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import shuqiao.catalog.DataElements;
import shuqiao.catalog.Item;
import shuqiao.kernel.NormalForm;

/**
 * What an item stands for, by its name: width, blanks, punctuation and case make no difference, and
 * the shipped list of common data elements says which names are one thing and which say too little.
 */
@Component
class Elements implements DataElements {

    /** Counts up when the list or the rules change: items are read again at the next start. */
    static final int FORMULA = 1;

    private static final Pattern LEFT_OUT = Pattern.compile("[\\p{Z}\\s\\p{Cf}\\p{P}\\p{S}]+");

    /** A remark behind the name: 证件号（加密）. */
    private static final Pattern REMARK = Pattern.compile("\\([^()]*\\)$");

    private final Map<String, String> elements = new HashMap<>();
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Set<String> general = new HashSet<>();
    private final Set<String> personal = new HashSet<>();

    Elements() {
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(
                                Objects.requireNonNull(
                                        Elements.class.getResourceAsStream("elements.txt")),
                                StandardCharsets.UTF_8))) {
            for (@Nullable String line; (line = lines.readLine()) != null; ) read(line);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void read(String line) {
        if (line.isBlank() || line.startsWith("#")) return;
        var words = line.split(" ");
        if (words[0].equals("-")) {
            Arrays.stream(words).skip(1).map(Elements::nameKey).forEach(general::add);
            return;
        }
        if (words[0].equals("!")) {
            Arrays.stream(words).skip(1).forEach(personal::add);
            return;
        }
        names.put(words[0], words[2]);
        Arrays.stream(words)
                .skip(2)
                .map(Elements::nameKey)
                .forEach(name -> elements.putIfAbsent(name, words[0]));
    }

    /** The name as it is compared. */
    static String nameKey(String name) {
        var plain = NormalForm.of(name).strip();
        var shorter = REMARK.matcher(plain).replaceAll("");
        var kept = LEFT_OUT.matcher(shorter.isEmpty() ? plain : shorter).replaceAll("");
        return kept.toLowerCase(Locale.ROOT);
    }

    /** What items of this name are compared by; empty where the name says too little. */
    Optional<String> key(String name) {
        var key = nameKey(name);
        if (key.isEmpty() || general.contains(key)) return Optional.empty();
        return Optional.of(elements.getOrDefault(key, key));
    }

    /**
     * The same of an item: the data element that its department says it is comes before its name.
     */
    Optional<String> key(Item item) {
        var said = nameKey(item.element());
        if (said.isEmpty()) return key(item.name());
        var identifier = said.toUpperCase(Locale.ROOT);
        return Optional.of(
                names.containsKey(identifier) ? identifier : elements.getOrDefault(said, said));
    }

    @Override
    public Map<String, String> all() {
        return Collections.unmodifiableMap(names);
    }

    @Override
    public String label(String element) {
        var identifier = element.strip().toUpperCase(Locale.ROOT);
        var name = names.get(identifier);
        return name == null ? element : name + " " + identifier;
    }

    /** Whether the element tells of a single person, whatever a department calls it. */
    boolean isPersonal(String key) {
        return personal.contains(key);
    }

    /** Whether the key is that of a standard data element. */
    boolean isElement(String key) {
        return names.containsKey(key);
    }

    /** What the element is called; the key itself for what is none. */
    String name(String key) {
        return names.getOrDefault(key, key);
    }
}
