package dev.millrace.journal;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What a walk over a cycle file shows.
 *
 * @param lastSequence of its last sound record; that of the file before when it has none
 * @param firstBad sequence of the first record that is damaged or missing; Long.MAX_VALUE when none is
 * @param lastGood sequence of the last sound record before that one; that of the file before when there is none
 * @param damage what is wrong in the file's bytes or its order; null when nothing is
 * @param lostAtEnd how many records are certainly lost behind the last sound one
 */
record CycleState(long lastSequence, long firstBad, long lastGood, String damage, int lostAtEnd) {

    boolean isBad() {
        return firstBad != Long.MAX_VALUE;
    }

    /** @param before the last sequence before this file, 0 when it is not known */
    static CycleState of(Path file, long before) throws IOException {
        return of(file, before, Long.MAX_VALUE);
    }

    /** @param end the last sequence there is: behind it lies free space, which need not be searched */
    static CycleState of(Path file, long before, long end) throws IOException {
        long last = before;
        long firstBad = Long.MAX_VALUE;
        long lastGood = before;
        String damage = null;
        try (CycleScan scan = CycleScan.open(file)) {
            while (last < end && scan.next()) {
                long sequence = scan.header().sequence();
                boolean hole = last != 0 && sequence != last + 1;
                if (firstBad == Long.MAX_VALUE && (hole || scan.damage() != null)) {
                    firstBad = last == 0 ? sequence : last + 1;
                }
                lastGood = firstBad == Long.MAX_VALUE ? sequence : lastGood;
                damage = damage == null ? scan.damage() : damage;
                last = sequence;
            }
            boolean badEnd = scan.damage() != null;
            firstBad = badEnd ? Math.min(firstBad, last + 1) : firstBad;
            return new CycleState(last, firstBad, lastGood, damage == null ? scan.damage() : damage, badEnd ? 1 : 0);
        }
    }
}
