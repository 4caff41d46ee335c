package dev.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.journal.Readers.Reader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadersTest {

    @TempDir
    Path dir;

    @Test
    void shouldRememberEachReaderAndGiveTheLowest() {
        Readers readers = Readers.of(dir);
        assertEquals(new Reader("(none)", Long.MAX_VALUE), readers.lowest());
        assertEquals(0, readers.register("store"));
        assertEquals(0, readers.register("snapshots"));
        readers.advance("store", 17);
        readers.advance("snapshots", 12);
        assertEquals(new Reader("snapshots", 12), Readers.of(dir).lowest());
        assertEquals(17, Readers.of(dir).register("store"), "a restart finds what was left");
        assertThrows(IllegalArgumentException.class, () -> readers.advance("store", 16));
        assertThrows(IllegalArgumentException.class, () -> readers.register("../else"));
        assertThrows(JournalException.class, () -> readers.advance("nobody", 1));
    }

    @Test
    void shouldNotKnowTheLowestWhenAnyByteOfAReaderIsDamaged() throws IOException {
        Readers readers = Readers.of(dir);
        readers.register("store");
        readers.advance("store", 1_234);
        Path file = dir.resolve(Readers.FOLDER).resolve("store");
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at++) {
            byte[] bad = whole.clone();
            bad[at] ^= 1;
            Files.write(file, bad);
            assertThrows(JournalException.class, readers::lowest, "byte " + at);
            Files.write(file, Arrays.copyOf(whole, at));
            assertThrows(JournalException.class, readers::lowest, "cut at " + at);
        }
        Files.write(file, whole);
        assertEquals(1_234, readers.lowest().sequence());
    }
}
