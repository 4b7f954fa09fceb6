/**
 * Our own PostgreSQL under a home directory: unpacked, initialised, started, taken over, stopped.
 */
@NullMarked
package shuqiao.engine.embedded;

import org.jspecify.annotations.NullMarked;
