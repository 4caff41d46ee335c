package dev.millrace.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.lake.Lake;
import dev.millrace.lake.LakeException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** A program: a store on a disk that fills while it rolls, while it commits, and has room again. */
final class FullDiskStore {

    private static final Duration FOR_EVER = Duration.ofDays(100_000);
    private static final String COUNT = "SELECT count(*), count(DISTINCT trade_id) FROM ticks";

    private FullDiskStore() {}

    /** Takes the folder that the disk is mounted on. */
    public static void main(String[] args) throws IOException, SQLException {
        Path folder = Path.of(args[0]);
        Path other = folder.resolve("other");
        try (SmallStore store = new SmallStore(folder, Duration.ZERO, FOR_EVER)) {
            trades(store, 1_000);
            store.roll(SmallStore.YESTERDAY_MS);
            fill(other);
            LakeException unrolled = assertThrows(LakeException.class, () -> store.roll(SmallStore.TOMORROW_MS));
            assertTrue(unrolled.getMessage().contains("No space left"), unrolled::getMessage);
            assertEquals(List.of("1000 1000"), store.query(COUNT));
            trades(store, 200_000);
            StoreException full = assertThrows(StoreException.class, store::commit);
            assertTrue(full.getMessage().contains("No space left"), full::getMessage);
        }
        Files.delete(other);
        try (SmallStore store = new SmallStore(folder, Duration.ZERO, FOR_EVER)) {
            assertEquals(List.of("1000 1000"), store.query(COUNT));
            trades(store, 1_000);
            store.roll(SmallStore.TOMORROW_MS);
            assertEquals(List.of("2000 2000"), store.query(COUNT));
            assertEquals(List.of("0"), store.query("SELECT count(*) FROM tick_data"));
        }
        assertEquals(
                List.of(), new Lake(folder.resolve("lake")).verify(bytes -> {}).problems());
    }

    private static void trades(SmallStore store, int count) {
        for (int i = 0; i < count; i++) {
            store.trade("A", SmallStore.YESTERDAY_MS + i);
        }
    }

    private static void fill(Path other) throws IOException {
        byte[] some = new byte[4096];
        try (OutputStream out = Files.newOutputStream(other)) {
            while (other.getParent().toFile().getUsableSpace() >= some.length) {
                out.write(some);
            }
        }
    }
}
