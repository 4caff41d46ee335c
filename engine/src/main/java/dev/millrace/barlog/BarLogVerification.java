package dev.millrace.barlog;

import dev.millrace.market.Bar;
import dev.millrace.market.EmittedBarSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Compares the bars of a replay with those that live left, record by record in the order they left, and by digest for each
 * (symbol, timeframe, day). What live left nothing of is unverified, never equal. One thread.
 */
public final class BarLogVerification implements EmittedBarSink, AutoCloseable {

    private final Path dir;
    private long firstSequence;
    private final SortedMap<Long, Day> days = new TreeMap<>();
    private final UnsafeBuffer scratch = new UnsafeBuffer(ByteBuffer.allocateDirect(BarRecord.BYTES));
    private BarDifference first;
    private long compared;

    /**
     * What came out.
     *
     * @param bars bars and revisions that were compared
     * @param equal (symbol, timeframe, day) whose digests are equal
     * @param different those whose digests differ
     * @param unverified those of which live left nothing, or not all
     * @param firstDifference in the order of the replay
     */
    public record Result(long bars, int equal, int different, int unverified, Optional<BarDifference> firstDifference) {

        /** Whether anything differs. */
        public boolean isDifferent() {
            return different > 0 || firstDifference.isPresent();
        }
    }

    /** @param dir the bar log; need not exist */
    public BarLogVerification(Path dir) {
        this.dir = dir;
    }

    /** The first record replayed: what live made before it is not compared. To be told before the first bar. */
    public void startAt(long sequence) {
        firstSequence = sequence;
    }

    @Override
    public void onEmitted(Bar bar, long sequence) {
        BarRecord.encode(bar, sequence, scratch, 0);
        day(DayLayout.dayOf(bar.startMs)).onMade(bar.symbolName);
    }

    private Day day(long day) {
        return days.computeIfAbsent(day, Day::new);
    }

    /**
     * Ends the comparison.
     *
     * @param lastSequence the last record replayed: what live made behind it is not compared
     * @throws BarLogDamagedException where a log is damaged, or does not match its seal
     */
    public Result finish(long lastSequence) {
        for (long day : DayLayout.days(dir).keySet()) {
            day(day).finish(lastSequence);
        }
        int[] counts = new int[Outcome.values().length];
        days.values().forEach(day -> day.count(counts));
        return new Result(
                compared,
                counts[Outcome.EQUAL.ordinal()],
                counts[Outcome.DIFFERENT.ordinal()],
                counts[Outcome.UNVERIFIED.ordinal()],
                Optional.ofNullable(first));
    }

    private void found(BarDifference difference) {
        first = first == null ? difference : first;
    }

    @Override
    public void close() {
        days.values().forEach(Day::close);
    }

    private enum Outcome {
        EQUAL,
        DIFFERENT,
        UNVERIFIED
    }

    /** One day: its log, if there is one, read along with the replay. */
    private final class Day {

        private final long day;
        private final DayReader logged;
        private final DaySeal made = new DaySeal();
        private final DaySeal live = new DaySeal();
        private final DaySeal whole = new DaySeal();
        private boolean hasLogged;
        private boolean fromStart = true;

        Day(long day) {
            this.day = day;
            Path file = DayLayout.log(dir, day);
            logged = Files.exists(file) ? new DayReader(file, day) : null;
            read();
            while (hasLogged && BarRecord.sequence(logged.record()) < firstSequence) {
                fromStart = false;
                read();
            }
        }

        private void read() {
            hasLogged = logged != null && logged.next();
            if (hasLogged) {
                whole.add(logged.symbolName(), logged.record());
            }
        }

        private void onMade(String symbol) {
            made.add(symbol, scratch);
            if (hasLogged) {
                compared++;
                live.add(logged.symbolName(), logged.record());
                BarDifference.between(logged.symbolName(), logged.record(), symbol, scratch)
                        .ifPresent(BarLogVerification.this::found);
                read();
            }
        }

        private void finish(long lastSequence) {
            if (logged == null) {
                return;
            }
            boolean toEnd = true;
            while (hasLogged) {
                boolean replayed = BarRecord.sequence(logged.record()) <= lastSequence;
                if (replayed) {
                    live.add(logged.symbolName(), logged.record());
                    found(BarDifference.notMade(logged.symbolName(), logged.record()));
                }
                toEnd &= replayed;
                read();
            }
            if (logged.bytesLeft() >= BarRecord.BYTES) { // less is a record that live has not finished
                throw new BarLogDamagedException(logged.file() + " is damaged behind record " + logged.records() + ": "
                        + logged.bytesLeft() + " bytes cannot be read");
            }
            if (fromStart && toEnd) {
                checkSeal();
            }
        }

        private void checkSeal() {
            Path seal = DayLayout.seal(dir, day);
            try {
                if (Files.exists(seal)
                        && !DaySeal.text(whole.totals()).equals(Files.readString(seal, StandardCharsets.UTF_8))) {
                    throw new BarLogDamagedException(logged.file() + " does not match its seal " + seal.getFileName());
                }
            } catch (IOException e) {
                throw new BarLogException("cannot read " + seal + ": " + e.getMessage(), e);
            }
        }

        private void count(int[] counts) {
            SortedMap<DaySeal.Key, DaySeal.Total> left = live.totals();
            SortedMap<DaySeal.Key, DaySeal.Total> now = made.totals();
            for (Map.Entry<DaySeal.Key, DaySeal.Total> entry : now.entrySet()) {
                counts[outcome(left.remove(entry.getKey()), entry.getValue()).ordinal()]++;
            }
            counts[Outcome.DIFFERENT.ordinal()] += left.size();
        }

        private Outcome outcome(DaySeal.Total left, DaySeal.Total now) {
            if (left == null || left.bars() < now.bars()) {
                return Outcome.UNVERIFIED;
            }
            return left.equals(now) ? Outcome.EQUAL : Outcome.DIFFERENT;
        }

        private void close() {
            if (logged != null) {
                logged.close();
            }
        }
    }
}
