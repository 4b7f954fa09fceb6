/**
 * Proof: canonical bytes, signatures, the Merkle log and the receipt that can be checked without
 * the platform.
 */
@NullMarked
package shuqiao.engine.proof;

import org.jspecify.annotations.NullMarked;
