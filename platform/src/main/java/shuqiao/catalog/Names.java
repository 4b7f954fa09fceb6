package shuqiao.catalog;

import java.util.Locale;
import java.util.regex.Pattern;
import shuqiao.kernel.NormalForm;
import shuqiao.organization.Organization;

/**
 * When two names are the same to a reader: full and half width, blanks and case make no difference.
 */
final class Names {

    private static final Pattern BLANKS = Pattern.compile("[\\p{Z}\\s\\p{Cf}]+");

    private static final Pattern SIGNS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private Names() {}

    /** Without signs of any kind; the key where there is nothing else. */
    static String near(String name) {
        var key = key(name);
        var near = SIGNS.matcher(key).replaceAll("");
        return near.isEmpty() ? key : near;
    }

    /** What a department is called in the reader's language, as short as it goes. */
    static String of(Organization it, Locale locale) {
        return locale.getLanguage().equals("en") ? it.nameIn(locale) : it.shortName();
    }

    static String key(String name) {
        return BLANKS.matcher(NormalForm.of(name))
                .replaceAll("")
                .replace('。', '.')
                .replace('、', ',')
                .replace('“', '"')
                .replace('”', '"')
                .toLowerCase(Locale.ROOT);
    }
}
