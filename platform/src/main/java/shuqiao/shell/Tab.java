package shuqiao.shell;

import org.jspecify.annotations.Nullable;

/** One tab of a page head: a link with a URL of its own. {@code key} is a message key. */
public record Tab(String key, String path, @Nullable Long count, boolean current) {}
