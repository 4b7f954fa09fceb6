package shuqiao.catalog;

import java.text.Normalizer;
import java.util.Locale;

/**
 * When two names are the same to a reader: full and half width, blanks and case make no difference.
 */
final class Names {

    private Names() {}

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
