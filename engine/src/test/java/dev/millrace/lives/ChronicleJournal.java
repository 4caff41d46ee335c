package dev.millrace.lives;

import dev.millrace.config.JournalConfig;
import dev.millrace.journal.BootedJournal;
import dev.millrace.journal.JournalReader;
import dev.millrace.journal.JournalWriter;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.NanoClock;
import dev.millrace.market.RecordKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The shipped journal. It dies as a copy of its files does that was made while it was open, whole or with pages missing. */
final class ChronicleJournal implements LivesJournal {

    private static final int PAGE = 4096;
    /** Of so much that is empty, all the rest of a file is: records follow each other closely. */
    private static final byte[] EMPTY = new byte[1 << 19];

    private final Path parent;
    private final NanoClock clock;
    private Path dir;
    private JournalWriter writer;
    private Map<Path, byte[]> synced = new TreeMap<>();
    private int deaths;
    private int boots;

    ChronicleJournal(Path parent, SimulatedTime time) {
        this.parent = parent;
        clock = () -> time.ms() * SimulatedTime.NS_PER_MS;
        open(parent.resolve("0"));
    }

    private void open(Path newDir) {
        dir = newDir;
        writer = BootedJournal.open(dir, JournalConfig.keepingAll(Duration.ofDays(1), 64), clock, "boot " + boots);
    }

    @Override
    public void append(MarketEvent event) {
        writer.append(event);
    }

    @Override
    public void appendAnnotation(RecordKind kind, long source, long receiveNs, byte[] payload, int length) {
        writer.appendAnnotation(kind, source, receiveNs, payload, length);
    }

    @Override
    public void sync() {
        writer.sync();
        synced = contents();
    }

    @Override
    public long syncedSequence() {
        return writer.syncedSequence();
    }

    @Override
    public void kill() {
        dieAs(contents());
    }

    @Override
    public void losePower(SplittableRandom random) {
        Map<Path, byte[]> written = contents();
        int loss = random.nextInt(101);
        written.forEach((file, bytes) -> lose(bytes, synced.getOrDefault(file, new byte[0]), loss, random));
        boots++;
        dieAs(written);
    }

    /** Each page is as it was written, or as it was synced. */
    private static void lose(byte[] written, byte[] before, int loss, SplittableRandom random) {
        byte[] old = Arrays.copyOf(before, written.length);
        for (int at = 0; at < written.length; at += PAGE) {
            int end = Math.min(written.length, at + PAGE);
            if (!Arrays.equals(written, at, end, old, at, end) && random.nextInt(100) < loss) {
                System.arraycopy(old, at, written, at, end - at);
            }
        }
    }

    private void dieAs(Map<Path, byte[]> left) {
        writer.close();
        Path next = parent.resolve(String.valueOf(++deaths));
        try {
            Files.createDirectories(next);
            for (Map.Entry<Path, byte[]> file : left.entrySet()) {
                Files.write(next.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open(next);
        sync();
    }

    private Map<Path, byte[]> contents() {
        Map<Path, byte[]> contents = new TreeMap<>();
        try (var files = Files.list(dir)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.getFileName(), used(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return contents;
    }

    /** The beginning of a file, as far as something is written. */
    private static byte[] used(Path file) throws IOException {
        ByteArrayOutputStream used = new ByteArrayOutputStream();
        try (var in = Files.newInputStream(file)) {
            byte[] piece = in.readNBytes(EMPTY.length);
            while (piece.length > 0 && !Arrays.equals(piece, EMPTY)) {
                used.writeBytes(piece);
                piece = in.readNBytes(EMPTY.length);
            }
        }
        return used.toByteArray();
    }

    @Override
    public List<MarketEvent> records() {
        List<MarketEvent> records = new ArrayList<>();
        MarketEvent event = new MarketEvent(1 << 16);
        try (JournalReader reader = JournalReader.open(dir)) {
            while (reader.read(event)) {
                records.add(event.copy());
            }
            reader.requireEnd();
        }
        return records;
    }

    @Override
    public void close() {
        writer.close();
    }
}
