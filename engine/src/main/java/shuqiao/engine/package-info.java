/**
 * The data plane: from a granted {@link shuqiao.engine.Scope} to rows in another database, proven.
 *
 * <p>Everything speaks to PostgreSQL through one small client of our own ({@code WireConnection}):
 * no driver, so no driver parameter of a caller can load code, and a row is never parsed on its
 * way.
 */
@NullMarked
package shuqiao.engine;

import org.jspecify.annotations.NullMarked;
