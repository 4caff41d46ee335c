package dev.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PageCacheTest {

    private static final int HALF = 4 << 20;

    @TempDir
    Path dir;

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldLetGoOfWhatLiesBeforeAndIsOnDisk() throws IOException {
        assumeFalse("tmpfs".equals(Files.getFileStore(dir).type()), "tmpfs has no other place for its pages");
        Path file = Files.write(dir.resolve("file"), new byte[2 * HALF]);
        JournalFolder.force(file);
        try (FileChannel channel = FileChannel.open(file)) {
            MappedByteBuffer first = channel.map(MapMode.READ_ONLY, 0, HALF);
            MappedByteBuffer second = channel.map(MapMode.READ_ONLY, HALF, HALF);
            assertTrue(first.isLoaded());
            assertTrue(second.isLoaded());

            new PageCache().release(file, HALF);

            assertFalse(first.isLoaded());
            assertTrue(second.isLoaded());
        }
    }

    @Test
    void shouldLeaveAFileAloneThatItCannotOpen() {
        new PageCache().release(dir.resolve("missing"), HALF);
        assertFalse(Files.exists(dir.resolve("missing")));
    }
}
