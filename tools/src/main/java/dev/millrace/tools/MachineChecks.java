package dev.millrace.tools;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.millrace.config.PipelineConfig;
import dev.millrace.config.PipelineConfig.Profile;
import dev.millrace.ops.ClockSync;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What {@code doctor} says of cores, JVM, limits and clock. */
final class MachineChecks {

    private static final int OLDEST_JAVA = 17;
    private static final long MIN_OPEN_FILES = 4_096;

    private MachineChecks() {}

    static Finding cores(PipelineConfig pipeline, int processors) {
        String profile = pipeline.profile().name().toLowerCase(Locale.ROOT);
        String text = processors + " cores, profile " + profile;
        if (pipeline.profile() == Profile.SMALL) {
            return Finding.ok("cores", text);
        }
        int highest = Collections.max(pipeline.cores());
        if (highest >= processors) {
            return Finding.fail(
                    "cores", text + ": pipeline.cores names core " + highest + "; the last one is " + (processors - 1));
        }
        return processors > pipeline.cores().size()
                ? Finding.ok("cores", text + " on " + pipeline.cores())
                : Finding.warn("cores", text + " spins on all of them; set pipeline.profile = small");
    }

    static Finding java(int feature) {
        return feature >= OLDEST_JAVA
                ? Finding.ok("java", Runtime.version().toString())
                : Finding.fail("java", feature + " is too old; install " + OLDEST_JAVA + " or newer");
    }

    static Finding flags(List<String> wanted, Collection<String> given) {
        List<String> missing =
                wanted.stream().filter(flag -> !given.contains(flag)).toList();
        return missing.isEmpty()
                ? Finding.ok("flags", "all " + wanted.size() + " of config/jvm.options are set")
                : Finding.fail("flags", "start with java @config/jvm.options; missing: " + String.join(" ", missing));
    }

    /** The flags of {@code config/jvm.options}. */
    static List<String> wantedFlags() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                MachineChecks.class.getResourceAsStream("/jvm.options"), StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> line.startsWith("-")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the list of flags inside the program", e);
        }
    }

    static Finding openFiles() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            return openFiles(unix.getMaxFileDescriptorCount());
        }
        return Finding.warn("files", "the limit of open files is unknown on this system");
    }

    static Finding openFiles(long limit) {
        return limit >= MIN_OPEN_FILES
                ? Finding.ok("files", limit + " may be open")
                : Finding.warn("files", "only " + limit + " may be open; raise it: ulimit -n " + MIN_OPEN_FILES);
    }

    static Finding clock(ClockSync sync) {
        String text = sync.state().label() + ", " + sync.detail();
        return switch (sync.state()) {
            case SYNCHRONISED -> Finding.ok("clock", text);
            case UNSYNCHRONISED -> Finding.warn("clock", text + "; start chrony or systemd-timesyncd");
            case UNKNOWN -> Finding.warn("clock", text);
        };
    }
}
