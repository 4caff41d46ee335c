package dev.millrace.tools;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Daemons on one data directory, one after the other; all but the last end with a kill. */
final class Lives {

    private final ChildJvm jvm;
    private final Path said;
    private final List<String> run;
    private String now = "";

    /**
     * @param said gets what they say
     * @param run their command line
     */
    Lives(ChildJvm jvm, Path said, List<String> run) {
        this.jvm = jvm;
        this.said = said;
        this.run = run;
    }

    /** What is done with a life before it is killed. */
    interface Deed {
        void with(DebuggedDaemon daemon) throws InterruptedException;
    }

    /** Name of the present one. */
    String now() {
        return now;
    }

    /** Killed after a deed. */
    void killAfter(String name, Deed deed) throws IOException, InterruptedException {
        begin(name);
        try (DebuggedDaemon daemon = DebuggedDaemon.start(jvm, said, run)) {
            deed.with(daemon);
            daemon.kill();
        }
    }

    /** Killed wherever it is; without a debugger. */
    void killAfter(long ms) throws IOException, InterruptedException {
        begin("killed after " + ms + " ms");
        Process daemon = jvm.start(said, run);
        try {
            assertFalse(daemon.waitFor(ms, TimeUnit.MILLISECONDS), () -> "ended: " + ChildJvm.text(said));
        } finally {
            daemon.destroyForcibly().waitFor();
        }
    }

    /** Stopped in order after a deed. */
    void stopAfter(String name, Deed deed) throws IOException, InterruptedException {
        begin(name);
        try (DebuggedDaemon daemon = DebuggedDaemon.start(jvm, said, run)) {
            deed.with(daemon);
            daemon.terminate();
            daemon.runToEnd();
        }
    }

    private void begin(String name) throws IOException {
        now = name;
        Files.writeString(said, "test: " + name + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
