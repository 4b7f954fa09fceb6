package shuqiao.sharing;

import org.jspecify.annotations.Nullable;

/**
 * A wish for more time, or the consent to it, as somebody writes it.
 *
 * @param days working days; as many as the rule allows, or as were asked for, when left out
 */
public record ExtensionEntry(@Nullable Integer days, @Nullable String reason) {}
