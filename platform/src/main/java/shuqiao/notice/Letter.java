package shuqiao.notice;

import java.util.Locale;

/** A mail as it goes out, in plain text. Never printed: it says who was told what. */
record Letter(String to, String name, String subject, String text, Locale locale) {

    @Override
    public String toString() {
        return "Letter";
    }
}
