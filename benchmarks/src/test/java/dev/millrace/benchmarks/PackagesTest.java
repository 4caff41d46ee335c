package dev.millrace.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A measurement uses the engine as others do: in one of its packages it would tie it to this module. */
class PackagesTest {

    @Test
    void shouldLieBelowThisPackage() throws IOException {
        Path sources = Path.of("src", "main", "java");
        Path own = sources.resolve(PackagesTest.class.getPackageName().replace('.', '/'));
        try (Stream<Path> files = Files.walk(sources)) {
            assertEquals(
                    List.of(),
                    files.filter(Files::isRegularFile)
                            .filter(file -> !file.startsWith(own))
                            .toList());
        }
    }
}
