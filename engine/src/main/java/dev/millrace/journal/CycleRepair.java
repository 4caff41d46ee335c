package dev.millrace.journal;

import dev.millrace.journal.SyncedMark.Mark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Before the journal is opened to write: looks at the files that may have suffered, and replaces what is damaged by what
 * is sound of it, for Chronicle trusts its files and would write into the damage. The damaged file itself is kept
 * unchanged in {@code damaged/}.
 *
 * <ul>
 *   <li>After a loss of power everything up to the synced sequence must read. The first bad record behind it ends the
 *       journal: it and all that follows is the tail that the power took, and its numbers are given again.
 *   <li>A record that met a full disk can stand at the end without its bytes. It ends the journal likewise: the process was
 *       halted before anybody acted on it.
 *   <li>Any other damage costs the records that it hit and no more. Their numbers are not given again: readers meet a hole
 *       in the sequence, which is damage by its name to all of them.
 * </ul>
 */
final class CycleRepair {

    /**
     * What was found and done.
     *
     * @param lastSequence the last number given
     * @param damage a sentence for each file that was set aside; empty when all was sound
     */
    record Outcome(long lastSequence, List<String> damage) {}

    private final Path dir;
    private final Mark mark;
    private final boolean powerLost;
    private final List<String> damage = new ArrayList<>();
    private long lastSequence;

    private CycleRepair(Path dir, Mark mark, boolean powerLost) {
        this.dir = dir;
        this.mark = mark;
        this.powerLost = powerLost;
    }

    /** @param bootId of the running kernel, empty when it is not known */
    static Outcome run(Path dir, String bootId) throws IOException {
        Mark mark = SyncedMark.read(dir);
        boolean powerLost = mark != null && !mark.closed() && !mark.bootId().equals(bootId);
        return new CycleRepair(dir, mark, powerLost).run();
    }

    private Outcome run() throws IOException {
        CycleSalvage.removeLeftovers(dir);
        List<Path> files = JournalFolder.cycleFiles(dir);
        int first = firstSuspect(files);
        for (Path older : files.subList(0, first)) {
            if (!CycleScan.hasHeader(older)) {
                salvage(older, CycleState.of(older, 0));
            }
        }
        lastSequence = lastBefore(files, first);
        for (int i = first; i < files.size(); i++) {
            CycleState state = CycleState.of(files.get(i), lastSequence, end());
            boolean unsynced = state.isBad() && mark != null && state.firstBad() > mark.sequence();
            if (unsynced && (powerLost || isFaultedEnd(state, i == files.size() - 1))) {
                cutTail(files.subList(i, files.size()), state);
                break;
            }
            if (state.damage() != null) {
                salvage(files.get(i), state);
            } else if (powerLost || !CycleScan.hasHeader(files.get(i))) {
                // Chronicle's own words in it may be from later; or a death in a roll left them unfinished, and whoever
                // opens the file waits for them in vain, many seconds each time.
                CycleSalvage.rewrite(dir, files.get(i));
            }
            lastSequence = Math.max(lastSequence, state.lastSequence() + state.lostAtEnd());
        }
        lastSequence = Math.max(lastSequence, mark == null ? 0 : mark.sequence());
        return new Outcome(lastSequence, damage);
    }

    /** The record that met a full disk: the last one, and nobody has acted on it. */
    private boolean isFaultedEnd(CycleState state, boolean newest) {
        return newest && !mark.closed() && state.lastSequence() == state.lastGood();
    }

    /** Older files were forced to disk whole when the newest of the mark was begun; without a mark the newest is looked at. */
    private int firstSuspect(List<Path> files) {
        int first = Math.max(0, files.size() - 1);
        while (mark != null && first > 0 && JournalFolder.name(files.get(first)).compareTo(mark.newestFile()) > 0) {
            first--;
        }
        return first;
    }

    /** The last number in the files before the suspects, compressed ones too: the newest one may hold none yet. */
    private long lastBefore(List<Path> files, int first) throws IOException {
        Path suspect = first < files.size() ? files.get(first) : null;
        long last = 0;
        for (CycleFile file : CycleFile.list(dir).descendingMap().values()) {
            boolean before = suspect == null || file.raw().compareTo(suspect) < 0;
            if (before && last == 0) {
                last = file.isRaw()
                        ? CycleState.of(file.raw(), 0).lastSequence()
                        : CycleArchive.header(file.compressed()).lastSequence();
            }
        }
        return last;
    }

    private long end() {
        return mark != null && mark.closed() ? mark.sequence() : Long.MAX_VALUE;
    }

    private void cutTail(List<Path> files, CycleState state) throws IOException {
        Path first = files.get(0);
        Path aside = CycleSalvage.setAside(dir, first, sequence -> sequence < state.firstBad());
        for (Path later : files.subList(1, files.size())) {
            CycleSalvage.setAside(dir, later, sequence -> false);
        }
        lastSequence = state.lastGood();
        String cause = powerLost ? "the power went" : "the disk failed under the last record";
        damage.add(cause + ": the journal ends before record " + state.firstBad() + " of "
                + JournalFolder.name(first) + " (" + state.damage() + "); synced up to " + mark.sequence()
                + "; the file as it was: " + aside);
    }

    private void salvage(Path file, CycleState state) throws IOException {
        Path aside = CycleSalvage.setAside(dir, file, sequence -> true);
        damage.add(JournalFolder.name(file) + " was damaged at record " + state.firstBad() + " (" + state.damage()
                + "); its sound records were kept; the file as it was: " + aside);
    }
}
