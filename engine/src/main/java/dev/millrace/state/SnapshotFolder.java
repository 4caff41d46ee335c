package dev.millrace.state;

import dev.millrace.market.StateException;
import dev.millrace.market.StateWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The snapshots of one role: {@code <role>-<sequence>.snap}, while being written {@code .snap.tmp}. */
public final class SnapshotFolder {

    private static final Pattern NAME = Pattern.compile("([a-z]+)-([0-9]{1,19})\\.snap(\\.tmp)?");

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

    /** The finished snapshots, newest first; none where the folder is missing. */
    public List<Path> newestFirst() throws IOException {
        return list().stream()
                .filter(file -> sequenceOf(file) >= 0 && !isTemporary(file))
                .sorted(Comparator.comparingLong(SnapshotFolder::sequenceOf).reversed())
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
     * Keeps this many up to a sequence. Later ones are of a journal that is no longer there: they would pass for newest.
     *
     * @return sequence of the oldest that is kept
     */
    long prune(long sequence, int keep) throws IOException {
        int kept = 0;
        long oldest = sequence;
        for (Path file : newestFirst()) {
            if (sequenceOf(file) > sequence || ++kept > keep) {
                Files.delete(file);
            } else {
                oldest = sequenceOf(file);
            }
        }
        return oldest;
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
