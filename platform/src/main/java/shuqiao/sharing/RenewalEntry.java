package shuqiao.sharing;

import org.jspecify.annotations.Nullable;

/**
 * A wish for a longer term; what is left out is as it was asked for before.
 *
 * @param until the new last day
 */
public record RenewalEntry(
        @Nullable String until, @Nullable String purposeText, @Nullable String basis) {}
