package shuqiao.onesource;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import shuqiao.engine.ValueSketch;

/**
 * Values of a column chosen by chance, hashed with a key that never leaves the platform. Two
 * samples agree on the chance: of the values in both columns, that part which both would choose is
 * in both.
 *
 * @param level one value in 2^level was chosen: those whose plain hash begins with so many zeros
 * @param counts how many of the first hashes are those of this level, of the next, and so on
 * @param hashes of the highest level first
 */
record Sample(int level, List<Integer> counts, List<Long> hashes) {

    /** Levels that are kept apart; columns whose sizes differ more have too little in common. */
    static final int LEVELS = 4;

    Sample {
        counts = List.copyOf(counts);
        hashes = List.copyOf(hashes);
    }

    /** Empty for a column of too few values to be compared without telling of single ones. */
    static Optional<Sample> of(ValueSketch sketch, byte[] key) {
        var plain = sketch.hashes();
        if (plain.size() < Likeness.COMPARED_MIN) return Optional.empty();
        // of a level that is not known to its end nothing is taken
        var level = sketch.complete() ? 0 : Long.numberOfLeadingZeros(plain.getLast()) + 1;
        var counts = new ArrayList<Integer>();
        for (int step = 0; step < LEVELS; step++) {
            var least = level + step;
            counts.add(
                    (int)
                            plain.stream()
                                    .filter(it -> Long.numberOfLeadingZeros(it) >= least)
                                    .count());
        }
        if (counts.getFirst() < Likeness.COMPARED_MIN) return Optional.empty();
        var mac = mac(key);
        var hashes = new ArrayList<Long>();
        // ascending by their plain hashes, they would tell more of these than their level
        for (int step = LEVELS - 1, from = 0; step >= 0; step--) {
            var to = counts.get(step);
            plain.subList(from, to).stream()
                    .map(it -> keyed(mac, it))
                    .sorted()
                    .forEach(hashes::add);
            from = to;
        }
        return Optional.of(new Sample(level, counts, hashes));
    }

    private static long keyed(Mac mac, long plain) {
        return java.nio.ByteBuffer.wrap(
                        mac.doFinal(
                                java.nio.ByteBuffer.allocate(Long.BYTES).putLong(plain).array()))
                .getLong();
    }

    private static Mac mac(byte[] key) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }
}
