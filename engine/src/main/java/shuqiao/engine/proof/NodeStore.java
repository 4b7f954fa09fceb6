package shuqiao.engine.proof;

/** Where the hashes of complete subtrees are kept. */
@FunctionalInterface
public interface NodeStore {

    /**
     * The root of the complete subtree over the leaves from {@code index << level} up to, without,
     * {@code (index + 1) << level}. Asked only for subtrees that are complete at the size in
     * question.
     */
    byte[] node(int level, long index);
}
