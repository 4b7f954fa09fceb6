package shuqiao.notice;

import java.util.Locale;
import shuqiao.kernel.Messages;

/**
 * Whether somebody wants notices by mail, and where.
 *
 * @param address empty when none was given
 * @param language zh or en
 */
record Wish(String username, How mail, String address, String language) {

    /** Which notices come by mail. */
    enum How {
        NONE,
        EACH,
        /** Once on a working day, when the hours begin. */
        DIGEST
    }

    static Wish none(String username, String language) {
        return new Wish(username, How.NONE, "", language);
    }

    Locale locale() {
        return language.equals("en") ? Locale.ENGLISH : Messages.CHINESE;
    }

    @Override
    public String toString() {
        return "Wish[" + username + " " + mail + "]";
    }
}
