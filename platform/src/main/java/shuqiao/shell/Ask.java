package shuqiao.shell;

import java.util.List;

/**
 * A page that asks before something is done that cannot simply be undone; the words are in the
 * reader's language.
 *
 * @param title the question, with the thing's name
 * @param consequences what follows, a sentence each
 * @param action where the answer is posted
 * @param button verb and noun
 * @param back where one goes who does not want it
 * @param danger whether something ends by it
 */
public record Ask(
        String title,
        List<String> consequences,
        String action,
        String button,
        String back,
        boolean danger) {}
