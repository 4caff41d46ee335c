package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.LauncherSession;
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
    void shouldReportOnceHowManyTestsWereSkipped() {
        assertEquals("3 tests skipped", reportOf(WantsRecordings.class).substring(0, 15));
        assertEquals("", reportOf(WantsNothing.class));
    }

    /** As in two JVMs of one build. */
    @Test
    void shouldSpeakForAllSessionsWhenTheLastEnds() {
        String said = said(out -> {
            RecordingsReport other = new RecordingsReport(folder.resolve("skipped"), out);
            try (LauncherSession first = session(other)) {
                assertEquals("", reportOf(WantsRecordings.class), () -> first + " is still open");
                assertEquals("", reportOf(WantsNothing.class));
                assertEquals("", reportOf(WantsRecordings.class));
            }
        });
        assertEquals("6 tests skipped", said.substring(0, 15));
        assertEquals(1, said.lines().count(), said);
    }

    private String reportOf(Class<?> tests) {
        return said(out -> {
            try (LauncherSession session = session(new RecordingsReport(folder.resolve("skipped"), out))) {
                session.getLauncher()
                        .execute(LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(tests))
                                .build());
            }
        });
    }

    private static LauncherSession session(RecordingsReport report) {
        return LauncherFactory.openSession(LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .addLauncherSessionListeners(report)
                .build());
    }

    private static String said(Consumer<PrintStream> work) {
        var text = new ByteArrayOutputStream();
        try (var out = new PrintStream(text, true, StandardCharsets.UTF_8)) {
            work.accept(out);
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
