package shuqiao.engine.proof;

/** A complete subtree that is stored once and never changes; level 0 is a leaf. */
@SuppressWarnings("ArrayRecordComponent") // carried to the store, never compared
public record Node(int level, long index, byte[] hash) {}
