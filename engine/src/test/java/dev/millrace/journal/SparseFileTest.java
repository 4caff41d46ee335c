package dev.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever holes a file has, its last byte that is not zero is found. */
class SparseFileTest {

    private static final long LENGTH = 128L << 20;

    @TempDir
    Path folder;

    @Test
    void shouldFindTheLastByteAmongHoles() throws IOException {
        for (long seed = 1; seed <= 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Path file = folder.resolve("sparse" + seed);
            long last = -1;
            try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
                out.setLength(LENGTH);
                for (int i = random.nextInt(5); i > 0; i--) {
                    long at = random.nextLong(random.nextBoolean() ? LENGTH : 10_000);
                    out.seek(at);
                    out.write(1);
                    last = Math.max(last, at);
                    out.seek(random.nextLong(LENGTH));
                    out.write(new byte[1]); // stored, and nothing
                }
            }
            long seen = seed;
            assertEquals(last + 1, SparseFile.usedBytes(file), () -> "seed " + seen);
            assertTrue(SparseFile.storedBytes(file) >= last + 1, () -> "seed " + seen);
            Files.delete(file);
        }
    }

    @Test
    void shouldFindAllOfAFileWithoutHoles() throws IOException {
        for (int length : new int[] {0, 1, 4_095, 4_097, (1 << 20) + 3}) {
            byte[] bytes = new byte[length];
            Arrays.fill(bytes, (byte) 7);
            Path file = Files.write(folder.resolve("dense" + length), bytes);
            assertEquals(length, SparseFile.usedBytes(file));
            assertEquals(length, SparseFile.storedBytes(file));
        }
    }
}
