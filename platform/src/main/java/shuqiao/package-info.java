/** The platform: one process that holds all rooms. Only starting and wiring stand here. */
@NullMarked
package shuqiao;

import org.jspecify.annotations.NullMarked;
