package shuqiao.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Looks at the head and the directory of a file, unpacks nothing, believes no length. */
class FileKindTests {

    /** A ZIP whose directory lists these names, and nothing else of a ZIP. */
    private static byte[] directory(String... names) {
        var bytes = ByteBuffer.allocate(100_000).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {'P', 'K', 3, 4});
        for (var name : names) {
            var encoded = name.getBytes(StandardCharsets.UTF_8);
            bytes.putInt(0x02014b50).put(new byte[24]).putShort((short) encoded.length);
            bytes.put(new byte[16]).put(encoded);
        }
        bytes.putInt(0x06054b50).put(new byte[6]).putShort((short) names.length).putInt(0);
        bytes.putInt(4).putShort((short) 0);
        return java.util.Arrays.copyOf(bytes.array(), bytes.position());
    }

    @Test
    void an_ofd_is_known_by_its_directory() {
        assertThat(FileKind.of(directory("a.xml", "OFD.xml"))).contains(FileKind.OFD);
        assertThat(FileKind.of(directory("a.xml"))).isEmpty();
    }

    @Test
    void lengths_and_places_that_lie_lead_nowhere() {
        var random = new Random(11);
        var whole = directory("a.xml", "b.xml", "OFD.xml");
        int known = 0;
        for (int times = 0; times < 50_000; times++) {
            var bytes = whole.clone();
            for (int i = random.nextInt(8); i >= 0; i--)
                bytes[4 + random.nextInt(bytes.length - 4)] = (byte) random.nextInt(256);
            if (random.nextInt(4) == 0)
                bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 30));
            if (FileKind.of(bytes).isPresent()) known++;
        }
        assertThat(known).isBetween(1, 49_999);
    }
}
