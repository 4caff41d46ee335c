package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.opentest4j.TestAbortedException;

class RecordingsTest {

    @TempDir
    private Path folder;

    @Test
    void shouldGiveTheFolderThatExists() {
        assertEquals(folder.toAbsolutePath(), Recordings.folder(folder, true));
    }

    @Test
    void shouldSkipWhereTheFolderIsAbsent() {
        var skip = assertThrows(TestAbortedException.class, () -> Recordings.folder(folder.resolve("none"), false));
        assertTrue(skip.getMessage().contains(folder.resolve("none").toString()), skip.getMessage());
    }

    @Test
    void shouldFailWhereRecordingsAreRequired() {
        assertThrows(AssertionError.class, () -> Recordings.folder(folder.resolve("none"), true));
    }

    @Test
    void shouldReportHowManyTestsWereSkipped() {
        assertEquals("3 tests skipped", reportOf(WantsRecordings.class).substring(0, 15));
        assertEquals("", reportOf(WantsNothing.class));
    }

    private static String reportOf(Class<?> tests) {
        var text = new ByteArrayOutputStream();
        try (var out = new PrintStream(text, true, StandardCharsets.UTF_8)) {
            var request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectClass(tests))
                    .build();
            var config = LauncherConfig.builder()
                    .enableTestExecutionListenerAutoRegistration(false)
                    .build();
            LauncherFactory.create(config).execute(request, new RecordingsReport(out));
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    static class WantsRecordings {
        @Test
        void shouldBeSkipped() {
            Recordings.folder(Path.of("none"), false);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void shouldBeSkippedTwice(int ignored) {
            Recordings.folder(Path.of("none"), false);
        }
    }

    static class WantsNothing {
        @Test
        void shouldPass() {}
    }
}
