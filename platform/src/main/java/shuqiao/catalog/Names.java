package shuqiao.catalog;

import java.text.Normalizer;
import java.util.Locale;
import shuqiao.organization.Organization;

/**
 * When two names are the same to a reader: full and half width, blanks and case make no difference.
 */
final class Names {

    private Names() {}

    /** What a department is called in the reader's language, as short as it goes. */
    static String of(Organization it, Locale locale) {
        return locale.getLanguage().equals("en") ? it.nameIn(locale) : it.shortName();
    }

    static String key(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .replaceAll("[\\p{Z}\\s\\p{Cf}]+", "")
                .replace('。', '.')
                .replace('、', ',')
                .replace('“', '"')
                .replace('”', '"')
                .toLowerCase(Locale.ROOT);
    }
}
