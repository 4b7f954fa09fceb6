package shuqiao.ledger;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shuqiao.engine.proof.StoredTree;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Unknown;

/**
 * The public side of the log: checkpoint and hash tiles as C2SP tlog-tiles has them, and proofs. It
 * shows hashes, never entries.
 */
@RestController
class LedgerWeb {

    private static final int TILE_HEIGHT = 8;
    private static final int TILE_WIDTH = 1 << TILE_HEIGHT;

    private final TreeTable tree;
    private final Ledger ledger;
    private final LedgerKeys keys;

    LedgerWeb(TreeTable tree, Ledger ledger, LedgerKeys keys) {
        this.tree = tree;
        this.ledger = ledger;
        this.keys = keys;
    }

    @GetMapping(
            value = "/.well-known/shuqiao-keys.json",
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Allows(anyone = true)
    String keys() {
        return keys.publicKeys().json();
    }

    @GetMapping(value = "/ledger/checkpoint", produces = "text/plain;charset=UTF-8")
    @Allows(anyone = true)
    String checkpoint() {
        return latest().note();
    }

    @GetMapping("/ledger/proof/inclusion")
    @Allows(anyone = true)
    Map<String, Object> inclusion(@RequestParam long index) {
        var place = ledger.placeOf(index).orElseThrow(() -> new Unknown("leaf", index));
        return Map.of(
                "index", index,
                "leafHash", base64(tree.node(0, index)),
                "checkpoint", place.checkpoint(),
                "inclusionProof", base64(place.inclusionProof()));
    }

    @GetMapping("/ledger/proof/consistency")
    @Allows(anyone = true)
    Map<String, Object> consistency(@RequestParam long from, @RequestParam long to) {
        var size = latest().size();
        if (from < 0 || from > to || to > size)
            throw Invalid.field("to", "range", Map.of("min", Math.max(from, 0), "max", size));
        return Map.of(
                "from", from,
                "to", to,
                "consistencyProof", base64(new StoredTree(tree).consistencyProof(from, to)));
    }

    /**
     * Tile {@code N} of level {@code L}: 256 hashes, or the first {@code W} of them as {@code
     * N.p/W}.
     */
    @GetMapping(
            value = "/ledger/tile/{level:[0-9]|[0-5][0-9]|6[0-3]}/{*path}",
            produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Allows(anyone = true)
    ResponseEntity<byte[]> tile(@PathVariable int level, @PathVariable String path) {
        var tile = Tile.parse(path);
        if (level * TILE_HEIGHT > 62 || tile.isEmpty()) throw new Unknown("tile", path);
        var wanted = tile.get();
        var width = wanted.width() == 0 ? TILE_WIDTH : wanted.width();
        var hashes = tree.nodes(level * TILE_HEIGHT, wanted.index() * TILE_WIDTH, width);
        if (hashes.size() < width) throw new Unknown("tile", path);
        var bytes = new byte[32 * width];
        for (int i = 0; i < width; i++) System.arraycopy(hashes.get(i), 0, bytes, 32 * i, 32);
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(java.time.Duration.ofDays(365)).immutable())
                .body(bytes);
    }

    private TreeTable.Signed latest() {
        return tree.latest().orElseThrow(() -> new Unknown("checkpoint", 0));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static List<String> base64(List<byte[]> hashes) {
        return hashes.stream().map(LedgerWeb::base64).toList();
    }
}
