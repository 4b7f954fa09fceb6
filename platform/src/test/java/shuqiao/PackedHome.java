package shuqiao;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The home that the release before wrote: the whole demo city, killed in the midst of a run. {@code
 * make-home.sh} beside it made it.
 */
final class PackedHome {

    private static final Path PACKED = Path.of("src", "test", "upgrade", "home-0.1.0.tar.xz");

    private PackedHome() {}

    /** Unpacks it into a folder of a test; the home's path. */
    static Path unpack(Path folder) throws IOException {
        assertThat(Files.size(PACKED)).isLessThan(20_000_000);
        // the embedded server may run as another user, who has to get through
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var home = Files.createDirectory(folder.toRealPath().resolve("home"));
        try (var packed = Files.newInputStream(PACKED);
                var tar = new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var place = home.resolve(entry.getName()).normalize();
                assertThat(place).startsWithRaw(home);
                if (entry.isDirectory()) Files.createDirectories(place);
                else Files.copy(tar, place);
                Files.setPosixFilePermissions(place, permissions(entry.getMode()));
            }
        }
        return home;
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        var text = new StringBuilder();
        for (var bit = 8; bit >= 0; bit--)
            text.append((mode >> bit & 1) == 1 ? "rwx".charAt((8 - bit) % 3) : '-');
        return PosixFilePermissions.fromString(text.toString());
    }
}
