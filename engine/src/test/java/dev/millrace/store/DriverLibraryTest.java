package dev.millrace.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverLibraryTest {

    private static final Path MAPS = Path.of("/proc/self/maps");

    @TempDir
    Path folder;

    @Test
    void shouldLeaveNothingForAKillToLeaveBehind() throws IOException {
        assumeTrue(Files.exists(MAPS), "only Linux tells what is mapped");
        try (SomeTables tables = new SomeTables(folder)) {
            tables.run("SELECT 1");
            List<String> mapped = Files.readAllLines(MAPS, StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> line.contains("/libduckdb_java"))
                    .toList();
            assertFalse(mapped.isEmpty(), "the driver keeps its library elsewhere now");
            assertEquals(
                    List.of(),
                    mapped.stream().filter(line -> !line.endsWith(" (deleted)")).toList());
        }
    }
}
