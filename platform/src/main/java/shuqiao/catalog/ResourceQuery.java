package shuqiao.catalog;

import org.jspecify.annotations.Nullable;

/**
 * @param words separated by blanks, all of them must occur
 */
public record ResourceQuery(
        String words,
        @Nullable String provider,
        @Nullable Stage state,
        @Nullable SharingKind sharing) {}
