package dev.millrace.state;

import dev.millrace.market.StateException;
import dev.millrace.market.StateWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The snapshots of one role: {@code <role>-<sequence>.snap}, while being written {@code .snap.tmp}. The first of each hour is
 * also kept as {@code .base}, another name of the same file, as long as the journal holds its record: once retention has
 * deleted the journal's beginning, a replay of the rest starts from the oldest of them.
 */
public final class SnapshotFolder {

    private static final Pattern NAME = Pattern.compile("([a-z]+)-([0-9]{1,19})\\.(snap|base)(\\.tmp)?");

    private static final String BASE = ".base";

    private final Path dir;
    private final String role;
    private final String engineVersion;
    private final int semanticsVersion;

    /**
     * @param engineVersion stands in the files that are written, for people
     * @param semanticsVersion the market's; a snapshot of another is not used
     */
    public SnapshotFolder(Path dir, String role, String engineVersion, int semanticsVersion) {
        this.dir = dir;
        this.role = role;
        this.engineVersion = engineVersion;
        this.semanticsVersion = semanticsVersion;
    }

    /** The finished snapshots, newest first, then the bases, newest first; none where the folder is missing. */
    public List<Path> newestFirst() throws IOException {
        return list().stream()
                .filter(file -> sequenceOf(file) >= 0 && !isTemporary(file))
                .sorted(Comparator.comparing(SnapshotFolder::isBase)
                        .thenComparing(Comparator.comparingLong(SnapshotFolder::sequenceOf)
                                .reversed()))
                .toList();
    }

    /** What a replay can start from where the journal's beginning is gone, oldest first. */
    public List<Path> oldestFirst() throws IOException {
        return list().stream()
                .filter(file -> sequenceOf(file) >= 0 && !isTemporary(file))
                .sorted(Comparator.comparingLong(SnapshotFolder::sequenceOf))
                .toList();
    }

    /**
     * Reads and checks one.
     *
     * @throws StateException when it is damaged or another program's, saying why
     */
    public Snapshot read(Path file) throws IOException {
        Snapshot snapshot = SnapshotFile.read(file, semanticsVersion);
        if (snapshot.sequence() != sequenceOf(file)) {
            throw new StateException("it holds the state at record " + snapshot.sequence());
        }
        return snapshot;
    }

    /** Creates the folder and removes what a killed writer left half written. */
    void prepare() throws IOException {
        Files.createDirectories(dir);
        for (Path file : list()) {
            if (sequenceOf(file) >= 0 && isTemporary(file)) {
                Files.delete(file);
            }
        }
    }

    /**
     * Writes a snapshot; it is there, whole and durable, when this returns, or not at all.
     *
     * @param beforePublish makes the journal durable up to it
     */
    void write(long sequence, long receiveNs, StateWriter state, Runnable beforePublish) throws IOException {
        Path file = dir.resolve(role + "-" + sequence + ".snap");
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        SnapshotLabel label = new SnapshotLabel(engineVersion, semanticsVersion, sequence, receiveNs);
        try {
            SnapshotFile.write(temporary, label, state.bytes(), state.length());
            beforePublish.run();
            SnapshotFile.publish(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Keeps this many up to a sequence, and the bases. Later ones are of a journal that is no longer there: they would pass for
     * newest.
     *
     * @param journalFirst the first record that the journal holds: bases before it are of no use any more
     * @return sequence of the oldest that is kept
     */
    long prune(long sequence, int keep, long journalFirst) throws IOException {
        int kept = 0;
        long oldest = sequence;
        for (Path file : newestFirst()) {
            boolean foreign = sequenceOf(file) > sequence;
            if (foreign || (isBase(file) ? sequenceOf(file) < journalFirst : ++kept > keep)) {
                Files.delete(file);
            } else if (!isBase(file)) {
                oldest = sequenceOf(file);
            }
        }
        return oldest;
    }

    /**
     * Keeps the snapshot at this record as a base, unless an earlier session has kept one of its hour.
     *
     * @param hourNs when the hour of its receive time began
     * @param journalFirst the first record that the journal holds: bases before it are of no use any more
     */
    void keepBase(long sequence, long hourNs, long journalFirst) throws IOException {
        Optional<Path> newest = list().stream()
                .filter(file -> isBase(file) && !isTemporary(file))
                .filter(file -> sequenceOf(file) >= journalFirst && sequenceOf(file) <= sequence)
                .max(Comparator.comparingLong(SnapshotFolder::sequenceOf));
        if (newest.isEmpty() || !isSince(hourNs, newest.get())) {
            Path base = dir.resolve(role + "-" + sequence + BASE);
            Files.deleteIfExists(base);
            Files.createLink(base, dir.resolve(role + "-" + sequence + ".snap"));
        }
    }

    private boolean isSince(long hourNs, Path file) throws IOException {
        try {
            return read(file).receiveNs() >= hourNs;
        } catch (StateException ignored) { // of no use as a base; whoever starts from the folder says so
            return false;
        }
    }

    private List<Path> list() throws IOException {
        if (!Files.isDirectory(dir)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(this::isOfRole).toList();
        }
    }

    private boolean isOfRole(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches() && name.group(1).equals(role);
    }

    private static boolean isBase(Path file) {
        return file.getFileName().toString().endsWith(BASE);
    }

    private static boolean isTemporary(Path file) {
        return file.getFileName().toString().endsWith(".tmp");
    }

    private static long sequenceOf(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        try {
            return name.matches() ? Long.parseLong(name.group(2)) : -1;
        } catch (NumberFormatException ignored) { // more than any sequence: not ours
            return -1;
        }
    }
}
