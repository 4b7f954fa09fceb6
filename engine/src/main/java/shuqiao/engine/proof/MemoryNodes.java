package shuqiao.engine.proof;

import java.util.HashMap;
import java.util.Map;

/** Nodes in memory, for small trees and tests. */
public final class MemoryNodes implements NodeStore {

    private record Place(int level, long index) {}

    private final Map<Place, byte[]> nodes = new HashMap<>();

    public void put(Node node) {
        nodes.put(new Place(node.level(), node.index()), node.hash());
    }

    @Override
    public byte[] node(int level, long index) {
        var hash = nodes.get(new Place(level, index));
        if (hash == null) throw new IllegalStateException("no node " + level + "/" + index);
        return hash;
    }
}
