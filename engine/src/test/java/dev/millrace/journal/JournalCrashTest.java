package dev.millrace.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.JournalConfig;
import dev.millrace.journal.TestJournals.Entry;
import dev.millrace.market.RecordKind;
import dev.millrace.metrics.Counters;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import net.openhft.chronicle.queue.ChronicleQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that die while they append; whatever they acknowledged must read back. */
class JournalCrashTest {

    private static final long STEP_NS = TestJournals.HOUR_NS / 700;

    @TempDir
    Path dir;

    /** Appends for ever, or a number of records and half of one more, and acknowledges each on its standard output. */
    static final class Victim {
        private static long nowNs = TestJournals.START_NS;

        public static void main(String[] args) throws IOException {
            DataOutputStream acknowledged = new DataOutputStream(new FileOutputStream(FileDescriptor.out));
            System.setOut(System.err); // the log must not come between
            long last = args.length > 1 ? Long.parseLong(args[1]) : Long.MAX_VALUE;
            JournalConfig config = JournalConfig.keepingAll(Duration.ofMillis(50), 64);
            Path dir = Path.of(args[0]);
            try (JournalWriter writer = JournalWriter.open(dir, config, () -> nowNs, new Counters())) {
                nowNs += writer.lastSequence() * STEP_NS;
                while (writer.lastSequence() < last) {
                    long sequence = writer.lastSequence() + 1;
                    byte[] payload = payload(sequence);
                    writer.appendAnnotation(RecordKind.FRAME, sequence, nowNs, payload, payload.length);
                    acknowledged.writeLong(writer.lastSequence());
                    nowNs += STEP_NS;
                }
            }
            haltInTheMiddleOfARecord(dir);
        }

        private static void haltInTheMiddleOfARecord(Path dir) {
            RollClock clock = new RollClock(() -> nowNs);
            clock.advance();
            ChronicleQueue queue = JournalFolder.openToWrite(dir, clock);
            queue.createAppender().writingDocument().wire().bytes().write(new byte[20]);
            Runtime.getRuntime().halt(0);
        }
    }

    static byte[] payload(long sequence) {
        SplittableRandom random = new SplittableRandom(sequence);
        byte[] payload = new byte[random.nextInt(1 << random.nextInt(17))];
        random.nextBytes(payload);
        return payload;
    }

    @Test
    void shouldReadBackEverythingAcknowledgedByProcessesThatDied() throws Exception {
        long killed = killAt(1_000);
        int kept = assertAllReadBack(killed);
        assertEquals(kept + 300, runTo(kept + 300));
        assertEquals(kept + 300, assertAllReadBack(kept + 300), "the half record is not there");

        TestJournals journal = new TestJournals(dir);
        try (JournalWriter writer = journal.writer()) {
            assertEquals(kept + 300, writer.lastSequence());
            journal.appendFrames(writer, 5);
        }
        assertEquals(kept + 305, TestJournals.readAll(dir).size());
    }

    private int assertAllReadBack(long acknowledged) {
        List<Entry> entries = TestJournals.readAll(dir);
        assertTrue(entries.size() >= acknowledged, entries.size() + " of " + acknowledged);
        assertTrue(JournalVerify.run(dir, done -> {}).sound());
        for (int i = 0; i < entries.size(); i++) {
            assertEquals(i + 1, entries.get(i).sequence());
            assertEquals(new String(payload(i + 1), ISO_8859_1), entries.get(i).payload());
        }
        return entries.size();
    }

    /** Kills the process once this sequence is acknowledged; gives the last one that was. */
    private long killAt(long sequence) throws Exception {
        Process process = start(dir.toString());
        try (DataInputStream in = new DataInputStream(process.getInputStream())) {
            long last = 0;
            while (last < sequence) {
                last = in.readLong();
            }
            process.toHandle().destroyForcibly(); // unlike the process itself, leaves the pipe readable
            return drain(in, last);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** Lets the process append to this sequence and die within the next record; gives the last acknowledged. */
    private long runTo(long sequence) throws Exception {
        Process process = start(dir.toString(), Long.toString(sequence));
        try (DataInputStream in = new DataInputStream(process.getInputStream())) {
            return drain(in, 0);
        } finally {
            process.waitFor();
        }
    }

    private static long drain(DataInputStream in, long last) throws IOException {
        long acknowledged = last;
        try {
            while (true) {
                acknowledged = in.readLong();
            }
        } catch (EOFException ignored) { // the pipe ends with the process
            return acknowledged;
        }
    }

    private static Process start(String... args) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of(System.getProperty("millrace.root"), "config", "jvm.options"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName());
        builder.command().addAll(List.of(args));
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
