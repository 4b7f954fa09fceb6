/** Ours and its baselines, interleaved in one run. */
@NullMarked
package shuqiao.bench;

import org.jspecify.annotations.NullMarked;
