package dev.millrace.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Who still needs the journal, and from where on: {@code readers/} in its folder holds one small file per registered
 * reader with the sequence that it has durably passed. Nothing behind the lowest of them is ever deleted, over restarts
 * and over processes; a reader that is gone for good is taken out by deleting its file. Any thread, any process; one
 * reader of a name at a time.
 */
public final class Readers {

    static final String FOLDER = "readers";
    private static final String TEMPORARY_SUFFIX = ".tmp";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final Pattern TEXT = Pattern.compile("millrace-reader (\\d{1,9}) (\\d{1,18}) ([0-9a-f]{8})\n");
    private static final int VERSION = 1;

    private final Path dir;

    private Readers(Path dir) {
        this.dir = dir;
    }

    /** The registry of the journal in this folder; nothing is written before {@link #register}. */
    public static Readers of(Path journal) {
        return new Readers(journal.resolve(FOLDER));
    }

    /**
     * A registered reader.
     *
     * @param sequence the last record that it does not need any more, 0 when it needs all
     */
    public record Reader(String name, long sequence) {}

    /**
     * Enters a reader, or finds it as it was left. A new one needs everything from the journal's first record on.
     *
     * @param name of lower-case letters, digits and hyphens, {@code snapshots} for example
     * @return the sequence that it has passed
     * @throws JournalException when its file is damaged or cannot be written
     */
    public long register(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name of a reader: lower-case letters, digits, '-'");
        }
        Path file = dir.resolve(name);
        if (Files.exists(file)) {
            return read(file);
        }
        write(name, 0);
        return 0;
    }

    /**
     * Notes that the reader will not come back to this record or an earlier one. On disk when this returns.
     *
     * @param sequence not lower than before
     * @throws JournalException when it cannot be written, or the reader is not registered
     */
    public void advance(String name, long sequence) {
        long before = read(dir.resolve(name));
        if (sequence < before) {
            throw new IllegalArgumentException(
                    "reader " + name + " has passed record " + before + " and cannot go back to " + sequence);
        }
        if (sequence > before) {
            write(name, sequence);
        }
    }

    /**
     * The reader that is furthest behind; one named {@code (none)}, behind every record, where none is registered.
     *
     * @throws JournalException when a reader's file is damaged: what it needs is not known
     */
    public Reader lowest() {
        Reader lowest = new Reader("(none)", Long.MAX_VALUE);
        for (Path file : files()) {
            long sequence = read(file);
            if (sequence < lowest.sequence) {
                lowest = new Reader(file.getFileName().toString(), sequence);
            }
        }
        return lowest;
    }

    private List<Path> files() {
        if (!Files.isDirectory(dir)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(file -> !file.getFileName().toString().endsWith(TEMPORARY_SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new JournalException("cannot list the registered readers in " + dir + ": " + e.getMessage(), e);
        }
    }

    private static long read(Path file) {
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            Matcher fields = TEXT.matcher(text);
            if (!fields.matches()
                    || !text.equals(text(Integer.parseInt(fields.group(1)), Long.parseLong(fields.group(2))))) {
                throw new JournalException(
                        "reader file " + file + " is damaged, so what it needs is not known and nothing"
                                + " is deleted; delete it if the reader is gone, else start the reader anew");
            }
            if (Integer.parseInt(fields.group(1)) > VERSION) {
                throw new JournalException("reader file " + file + " is of a newer Millrace; use that one");
            }
            return Long.parseLong(fields.group(2));
        } catch (NoSuchFileException e) {
            throw new JournalException(
                    "reader " + file.getFileName() + " is not registered: " + file + " is missing", e);
        } catch (IOException e) {
            throw new JournalException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private void write(String name, long sequence) {
        Path file = dir.resolve(name);
        Path temporary = dir.resolve(name + TEMPORARY_SUFFIX);
        try {
            Files.createDirectories(dir);
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                channel.write(StandardCharsets.ISO_8859_1.encode(text(VERSION, sequence)));
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            JournalFolder.force(dir);
        } catch (IOException e) {
            throw new JournalException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static String text(int version, long sequence) {
        String fields = "millrace-reader " + version + " " + sequence;
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.wrap(fields.getBytes(StandardCharsets.ISO_8859_1)));
        return String.format(Locale.ROOT, "%s %08x\n", fields, crc.getValue());
    }
}
