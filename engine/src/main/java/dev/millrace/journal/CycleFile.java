package dev.millrace.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One hour of the journal on disk: raw, as Chronicle writes it, or compressed. Where both are there the raw one counts:
 * the housekeeping was stopped between the two.
 *
 * @param cycle hours since 1970, which is Chronicle's number of it
 */
record CycleFile(Path dir, int cycle, boolean isRaw, boolean isCompressed) {

    static final String RAW_SUFFIX = JournalFolder.CYCLE_SUFFIX;
    static final String COMPRESSED_SUFFIX = RAW_SUFFIX + ".lz4";
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd-HH'F'");
    private static final int NONE = -1;

    /** What the folder holds now, oldest first. */
    static NavigableMap<Integer, CycleFile> list(Path dir) {
        NavigableMap<Integer, CycleFile> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(dir)) {
            files.map(file -> file.getFileName().toString()).forEach(name -> {
                add(found, dir, cycleOf(name, RAW_SUFFIX), true);
                add(found, dir, cycleOf(name, COMPRESSED_SUFFIX), false);
            });
        } catch (IOException e) {
            throw new JournalException("cannot list the journal folder " + dir + ": " + e.getMessage(), e);
        }
        return found;
    }

    /** One cycle as it is now. */
    static CycleFile of(Path dir, int cycle) {
        CycleFile any = new CycleFile(dir, cycle, true, true);
        return new CycleFile(dir, cycle, Files.exists(any.raw()), Files.exists(any.compressed()));
    }

    private static void add(NavigableMap<Integer, CycleFile> found, Path dir, int cycle, boolean raw) {
        if (cycle != NONE) {
            found.merge(cycle, new CycleFile(dir, cycle, raw, !raw), CycleFile::and);
        }
    }

    private CycleFile and(CycleFile other) {
        return new CycleFile(dir, cycle, isRaw || other.isRaw, isCompressed || other.isCompressed);
    }

    private static int cycleOf(String name, String suffix) {
        if (!name.endsWith(suffix)) {
            return NONE;
        }
        try {
            LocalDateTime hour = LocalDateTime.parse(name.substring(0, name.length() - suffix.length()), NAME);
            return (int) TimeUnit.SECONDS.toHours(hour.toEpochSecond(ZoneOffset.UTC));
        } catch (DateTimeParseException ignored) { // not one of ours, such as what Chronicle set aside
            return NONE;
        }
    }

    private String stem() {
        return NAME.format(LocalDateTime.ofEpochSecond(TimeUnit.HOURS.toSeconds(cycle), 0, ZoneOffset.UTC));
    }

    Path raw() {
        return dir.resolve(stem() + RAW_SUFFIX);
    }

    Path compressed() {
        return dir.resolve(stem() + COMPRESSED_SUFFIX);
    }

    /** The one that counts. */
    Path file() {
        return isRaw ? raw() : compressed();
    }

    /** Only compressed: Chronicle does not see it. */
    boolean isArchived() {
        return isCompressed && !isRaw;
    }

    boolean exists() {
        return isRaw || isCompressed;
    }

    /** What it takes on disk: a raw one without the zeros at its end, which are not stored. */
    long diskBytes() throws IOException {
        return isRaw ? SparseFile.usedBytes(raw()) : Files.size(compressed());
    }

    /** When its hour is over, ns since 1970. */
    long endNs() {
        return TimeUnit.HOURS.toNanos(cycle + 1L);
    }
}
