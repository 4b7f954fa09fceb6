package shuqiao.standard;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Random input that is the same in every run; another seed by {@code -Dshuqiao.seed=N}. */
final class Seed {

    private static final AtomicLong NEXT = new AtomicLong(Long.getLong("shuqiao.seed", 20261122L));

    static {
        System.out.println("shuqiao.seed=" + NEXT.get());
    }

    private Seed() {}

    static Random random() {
        return new Random(NEXT.getAndIncrement());
    }

    static String text(Random random, String letters, int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++)
            text.append(letters.charAt(random.nextInt(letters.length())));
        return text.toString();
    }

    static char otherLetter(Random random, String letters, char not) {
        char letter = letters.charAt(random.nextInt(letters.length()));
        return letter == not ? otherLetter(random, letters, not) : letter;
    }

    static String with(String text, int index, char letter) {
        return text.substring(0, index) + letter + text.substring(index + 1);
    }

    static String swapped(String text, int a, int b) {
        return with(with(text, a, text.charAt(b)), b, text.charAt(a));
    }

    static InvalidCode refusal(ThrowingCallable call) {
        var refusal = catchThrowableOfType(InvalidCode.class, call);
        if (refusal == null) throw new AssertionError("was not refused");
        return refusal;
    }
}
