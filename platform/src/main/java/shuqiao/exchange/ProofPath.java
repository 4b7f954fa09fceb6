package shuqiao.exchange;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import shuqiao.engine.proof.MerkleTree;
import shuqiao.engine.proof.Receipt;

/**
 * The way from a receipt to the root of the log, as it is drawn: the lowest levels one by one, then
 * the root. What is computed here is blue, what the proof gives is amber.
 *
 * @param height of the drawing, which is {@link #WIDTH} wide
 * @param levels how many hashes the proof gives
 * @param hidden levels between the highest drawn one and the root
 */
record ProofPath(int height, int levels, int hidden, List<Box> boxes, List<Edge> edges) {

    static final int WIDTH = 640;

    private static final int SHOWN = 3;
    private static final int RISE = 64;
    private static final int BOX_WIDTH = 116;
    private static final int BOX_HEIGHT = 32;
    private static final int APART = 150;
    private static final int MARGIN = 12;

    /**
     * @param look leaf, own, given or root
     * @param x left edge
     */
    record Box(String look, int x, int y, String hash) {
        public int width() {
            return BOX_WIDTH;
        }

        public int boxHeight() {
            return BOX_HEIGHT;
        }

        public int middle() {
            return x + BOX_WIDTH / 2;
        }

        public int base() {
            return y + BOX_HEIGHT / 2 + 5;
        }
    }

    /** From a box up to its parent; {@code look} own, given or far. */
    record Edge(String look, String path) {}

    private record Step(String sibling, boolean siblingLeft, String result) {}

    static ProofPath of(byte[] signed, Receipt.Log log, long size) {
        var leaf = MerkleTree.leafHash(signed);
        var steps = steps(leaf, log, size);
        var shown = Math.min(SHOWN, steps.size());
        var hidden = steps.size() - shown;
        var rows = shown + (hidden > 0 ? 1 : 0);
        var height = rows * RISE + BOX_HEIGHT + 2 * MARGIN;
        var boxes = new ArrayList<Box>();
        var edges = new ArrayList<Edge>();
        int middle = start(steps.subList(0, shown));
        int y = height - BOX_HEIGHT - MARGIN;
        boxes.add(
                new Box(steps.isEmpty() ? "root" : "leaf", left(middle), y, shortened(hex(leaf))));
        for (int i = 0; i < shown; i++) {
            var step = steps.get(i);
            var sibling = middle + (step.siblingLeft() ? -APART : APART);
            var parent = (middle + sibling) / 2;
            boxes.add(new Box("given", left(sibling), y, shortened(step.sibling())));
            edges.add(edge("own", middle, parent, y));
            edges.add(edge("given", sibling, parent, y));
            middle = parent;
            y -= RISE;
            var top = i == shown - 1 && hidden == 0;
            boxes.add(new Box(top ? "root" : "own", left(middle), y, shortened(step.result())));
        }
        if (hidden > 0) {
            edges.add(edge("far", middle, middle, y));
            y -= RISE;
            boxes.add(new Box("root", left(middle), y, shortened(steps.getLast().result())));
        }
        return new ProofPath(height, steps.size(), hidden, boxes, edges);
    }

    /** So that what is drawn stands in the middle, though the way goes aside. */
    private static int start(List<Step> steps) {
        int middle = 0;
        int least = 0;
        int most = 0;
        for (var step : steps) {
            var sibling = middle + (step.siblingLeft() ? -APART : APART);
            least = Math.min(least, sibling);
            most = Math.max(most, sibling);
            middle = (middle + sibling) / 2;
        }
        return WIDTH / 2 - (least + most) / 2;
    }

    /** As RFC 9162, 2.1.3.2 goes. */
    private static List<Step> steps(byte[] leaf, Receipt.Log log, long size) {
        var steps = new ArrayList<Step>();
        var fn = log.index();
        var sn = size - 1;
        var hash = leaf;
        for (var text : log.inclusionProof()) {
            var sibling = Base64.getDecoder().decode(text);
            var left = (fn & 1) == 1 || fn == sn;
            if (left) {
                hash = MerkleTree.nodeHash(sibling, hash);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>>= 1;
                    sn >>>= 1;
                }
            } else {
                hash = MerkleTree.nodeHash(hash, sibling);
            }
            fn >>>= 1;
            sn >>>= 1;
            steps.add(new Step(hex(sibling), left, hex(hash)));
        }
        return steps;
    }

    private static int left(int middle) {
        return middle - BOX_WIDTH / 2;
    }

    private static Edge edge(String look, int from, int to, int y) {
        return new Edge(
                look,
                "M%d %dV%dH%dV%d"
                        .formatted(
                                from, y, y - (RISE - BOX_HEIGHT) / 2, to, y - RISE + BOX_HEIGHT));
    }

    private static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    static String shortened(String hex) {
        return hex.length() <= 10
                ? hex
                : hex.substring(0, 4) + "…" + hex.substring(hex.length() - 4);
    }
}
