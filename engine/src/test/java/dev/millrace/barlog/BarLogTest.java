package dev.millrace.barlog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.Bar;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What live left is found again whole, compared to the last field, and never written twice. */
class BarLogTest {

    private static final Duration REVISIONS = Duration.ofMinutes(10);
    private static final int BARS = 3_000;

    @TempDir
    Path folder;

    private final ErrorLog errors = new ErrorLog(Clock.systemUTC());
    private final Counters counters = new Counters();
    private Path dir;

    @BeforeEach
    void name() {
        dir = folder.resolve("bars");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldFindEqualWhatIsMadeAgain(long seed) {
        List<BarStream.Made> bars = new BarStream(seed, BARS).made();
        keep(bars);
        BarLogVerification.Result result = verify(bars);
        assertEquals(BARS, result.bars());
        assertFalse(result.isDifferent(), result::toString);
        assertEquals(0, result.unverified());
        assertEquals(keys(bars), result.equal());
    }

    @Test
    void shouldNameTheFirstFieldThatDiffers() {
        List<BarStream.Made> bars = new BarStream(4, BARS).made();
        keep(bars);
        Bar changed = bars.get(1_234).bar();
        long was = changed.count;
        changed.count = 7_777;
        BarLogVerification.Result result = verify(bars);
        BarDifference difference = result.firstDifference().orElseThrow();
        assertEquals("count", difference.field());
        assertEquals(Long.toString(was), difference.logged());
        assertEquals("7777", difference.made());
        assertEquals(bars.get(1_234).sequence(), difference.sequence());
        String name = changed.symbolName + " " + changed.timeframe.label() + " ";
        assertTrue(difference.bar().startsWith(name), difference::bar);
        assertEquals(1, result.different());
    }

    @Test
    void shouldNoticeABarThatIsNotMadeAgain() {
        List<BarStream.Made> bars = new BarStream(5, 10).made();
        keep(bars);
        BarLogVerification verification = new BarLogVerification(dir);
        bars.subList(0, 9).forEach(made -> made.into(verification));
        BarLogVerification.Result toTheEnd = verification.finish(bars.get(9).sequence());
        assertTrue(toTheEnd.isDifferent());
        assertEquals("bar", toTheEnd.firstDifference().orElseThrow().field());
    }

    @Test
    void shouldCompareOnlyWhatIsReplayed() {
        List<BarStream.Made> bars = new BarStream(6, BARS).made();
        keep(bars);
        long from = bars.get(500).sequence();
        long to = bars.get(2_500).sequence();
        List<BarStream.Made> part = bars.stream()
                .filter(made -> made.sequence() >= from && made.sequence() <= to)
                .toList();
        BarLogVerification verification = new BarLogVerification(dir);
        verification.startAt(from);
        part.forEach(made -> made.into(verification));
        BarLogVerification.Result result = verification.finish(to);
        assertEquals(part.size(), result.bars());
        assertFalse(result.isDifferent(), result::toString);
    }

    @Test
    void shouldCallUnverifiedWhatLiveLeftNothingOf() throws IOException {
        List<BarStream.Made> bars = new BarStream(7, BARS).made();
        BarLogVerification.Result without = verify(bars);
        assertEquals(0, without.bars());
        assertEquals(keys(bars), without.unverified());
        keep(bars);
        Files.delete(DayLayout.days(dir).values().iterator().next());
        BarLogVerification.Result oneDayMissing = verify(bars);
        assertFalse(oneDayMissing.isDifferent(), oneDayMissing::toString);
        assertTrue(oneDayMissing.unverified() > 0 && oneDayMissing.equal() > 0, oneDayMissing::toString);
        assertEquals(keys(bars), oneDayMissing.unverified() + oneDayMissing.equal());
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void shouldGoOnAfterACrashAsIfThereHadBeenNone(long seed) throws IOException {
        Random random = new Random(seed);
        List<BarStream.Made> bars = new BarStream(seed, BARS).made();
        keep(bars);
        SortedMap<Long, byte[]> expected = content();
        int lastSnapshot = random.nextInt(BARS);
        long resumeAfter = bars.get(lastSnapshot).sequence();
        for (Path file : DayLayout.days(dir).values()) {
            cutBehind(file, resumeAfter, random);
        }
        try (BarLog log = open()) {
            log.resumeAfter(resumeAfter);
            bars.stream().filter(made -> made.sequence() > resumeAfter).forEach(made -> made.into(log));
            log.start();
        }
        assertEquals(0, counters.value("barlog.differences"), () -> "seed " + seed + " " + errors.entries());
        SortedMap<Long, byte[]> actual = content();
        assertEquals(expected.keySet(), actual.keySet());
        expected.forEach((day, bytes) -> assertArrayEquals(bytes, actual.get(day), () -> "seed " + seed));
    }

    @Test
    void shouldReportWhatRecoveryMakesOtherwiseAndKeepWhatLiveLeft() throws IOException {
        List<BarStream.Made> bars = new BarStream(20, BARS).made();
        keep(bars);
        SortedMap<Long, byte[]> before = content();
        bars.get(2_000).bar().high++;
        try (BarLog log = open()) {
            bars.forEach(made -> made.into(log));
            log.start();
        }
        assertEquals(1, counters.value("barlog.differences"));
        assertTrue(
                errors.entries().get(0).message().contains(": high was "),
                () -> errors.entries().toString());
        SortedMap<Long, byte[]> after = content();
        before.forEach((day, bytes) -> assertArrayEquals(bytes, after.get(day)));
    }

    @Test
    void shouldTakeOutBarsOfRecordsThatTheJournalLost() {
        List<BarStream.Made> bars = new BarStream(21, BARS).made();
        keep(bars);
        List<BarStream.Made> shorter = bars.subList(0, BARS - 40);
        try (BarLog log = open()) {
            shorter.forEach(made -> made.into(log));
            log.start();
        }
        assertTrue(counters.value("barlog.differences") > 0);
        BarLogVerification.Result result = verify(shorter);
        assertFalse(result.isDifferent(), result::toString);
        assertEquals(shorter.size(), result.bars());
    }

    @Test
    void shouldSealADayThatIsOverAndBreakTheSealForALateRevision() throws IOException {
        List<BarStream.Made> bars = new BarStream(22, BARS).made();
        keep(bars);
        Path seal = DayLayout.seal(dir, DayLayout.dayOf(BarStream.START_MS));
        List<String> sealed = Files.readAllLines(seal);
        assertTrue(sealed.stream().anyMatch(line -> line.matches("[0-9a-f]{64} [0-9]+ 60000 trade xyz%3ATSLA")));
        Bar late = bars.get(0).bar().copy();
        late.revision++;
        BarStream.Made revision = new BarStream.Made(late, bars.get(BARS - 1).sequence() + 1);
        try (BarLog log = open()) {
            log.resumeAfter(bars.get(BARS - 1).sequence());
            log.start();
            revision.into(log);
            log.sync();
            assertFalse(Files.exists(seal), "a seal over a day that has grown");
        }
        BarLogVerification verification = new BarLogVerification(dir);
        bars.forEach(made -> made.into(verification));
        revision.into(verification);
        assertFalse(verification.finish(revision.sequence()).isDifferent());
    }

    /** The third day is still written, and the second has a bar of a record that is there: only the first may go. */
    @Test
    void shouldDeleteTheSealedDaysThatTheJournalHasOutlived() throws IOException {
        List<BarStream.Made> bars = new BarStream(26, BARS).made();
        keep(bars);
        long firstDay = DayLayout.dayOf(BarStream.START_MS);
        Path first = DayLayout.log(dir, firstDay);
        Files.writeString(DayLayout.damagedCopy(first), "as it was");
        long lastOfFirst = DayFile.lastSequence(first);
        long lastOfAll = bars.get(BARS - 1).sequence();
        assertEquals(List.of(firstDay, firstDay + 1, firstDay + 2), days(lastOfAll, lastOfFirst));
        assertEquals(List.of(firstDay + 1, firstDay + 2), days(lastOfAll, lastOfFirst + 1));
        assertFalse(Files.exists(DayLayout.seal(dir, firstDay)));
        assertFalse(Files.exists(DayLayout.damagedCopy(first)));
        assertEquals(1, counters.value("barlog.days-deleted"));
        BarLogVerification.Result older = verify(bars);
        assertFalse(older.isDifferent(), older::toString);
        assertTrue(older.unverified() > 0 && older.equal() > 0, older::toString);
        assertEquals(keys(bars), older.unverified() + older.equal());
        assertEquals(List.of(firstDay + 2), days(lastOfAll, lastOfAll + 1), "not sealed yet");
    }

    /** What is left once the journal begins with this record. */
    private List<Long> days(long resumeAfter, long firstSequence) {
        try (BarLog log = open()) {
            log.resumeAfter(resumeAfter);
            log.start();
            log.journalBeginsAt(firstSequence);
        }
        assertEquals(List.of(), errors.entries());
        return List.copyOf(DayLayout.days(dir).keySet());
    }

    @Test
    void shouldRefuseALogThatDoesNotMatchItsSeal() throws IOException {
        List<BarStream.Made> bars = new BarStream(23, BARS).made();
        keep(bars);
        Path first = DayLayout.days(dir).values().iterator().next();
        try (RandomAccessFile file = new RandomAccessFile(first.toFile(), "rw")) {
            byte[] last = new byte[BarRecord.BYTES];
            file.seek(file.length() - BarRecord.BYTES);
            file.readFully(last);
            UnsafeBuffer record = new UnsafeBuffer(ByteBuffer.allocateDirect(BarRecord.BYTES));
            record.putBytes(0, last);
            record.putLong(32, 1);
            BarRecord.seal(record);
            record.getBytes(0, last);
            file.seek(file.length() - BarRecord.BYTES);
            file.write(last);
        }
        BarLogDamagedException refused = assertThrows(BarLogDamagedException.class, () -> verify(bars));
        assertTrue(refused.getMessage().contains("does not match its seal"), refused::getMessage);
    }

    @Test
    void shouldNameALogThatIsDamaged() throws IOException {
        List<BarStream.Made> bars = new BarStream(24, BARS).made();
        keep(bars);
        Path first = DayLayout.days(dir).values().iterator().next();
        try (RandomAccessFile file = new RandomAccessFile(first.toFile(), "rw")) {
            file.seek(50 * BarRecord.BYTES + 33);
            int was = file.read();
            file.seek(50 * BarRecord.BYTES + 33);
            file.write(was ^ 1);
        }
        BarLogDamagedException refused = assertThrows(BarLogDamagedException.class, () -> verify(bars));
        assertTrue(refused.getMessage().contains("damaged behind record 50"), refused::getMessage);
    }

    @Test
    void shouldFailToSyncOnceItCannotBeWritten() throws IOException {
        List<BarStream.Made> bars = new BarStream(25, 10).made();
        Files.createDirectories(DayLayout.log(dir, DayLayout.dayOf(BarStream.START_MS)));
        try (BarLog log = open()) {
            log.start();
            bars.forEach(made -> made.into(log));
            assertThrows(BarLogException.class, log::sync);
        }
        assertEquals("bar log", errors.entries().get(0).where());
    }

    private BarLog open() {
        return BarLog.open(dir, REVISIONS, counters, errors);
    }

    private void keep(List<BarStream.Made> bars) {
        try (BarLog log = open()) {
            log.start();
            bars.forEach(made -> made.into(log));
            log.sync();
        }
        assertEquals(List.of(), errors.entries());
    }

    private BarLogVerification.Result verify(List<BarStream.Made> bars) {
        try (BarLogVerification verification = new BarLogVerification(dir)) {
            bars.forEach(made -> made.into(verification));
            return verification.finish(bars.get(bars.size() - 1).sequence());
        }
    }

    private static int keys(List<BarStream.Made> bars) {
        return (int) bars.stream()
                .map(made -> made.bar().symbol + " " + made.bar().timeframe + " " + made.bar().basis + " "
                        + DayLayout.dayOf(made.bar().startMs))
                .distinct()
                .count();
    }

    private SortedMap<Long, byte[]> content() throws IOException {
        SortedMap<Long, byte[]> content = new TreeMap<>();
        for (Map.Entry<Long, Path> day : DayLayout.days(dir).entrySet()) {
            content.put(day.getKey(), Files.readAllBytes(day.getValue()));
        }
        return content;
    }

    /** As a crash leaves it: cut anywhere behind what the snapshot vouches for, or gone when it vouches for nothing. */
    private static void cutBehind(Path file, long vouchedFor, Random random) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int vouched = 0;
        UnsafeBuffer record = new UnsafeBuffer(0, 0);
        for (int at = BarRecord.BYTES; at < bytes.length; at += BarRecord.BYTES) {
            record.wrap(bytes, at, BarRecord.BYTES);
            if (BarRecord.sequence(record) <= vouchedFor) {
                vouched = at + BarRecord.BYTES;
            }
        }
        int cut = vouched + random.nextInt(bytes.length - vouched + 1);
        try (RandomAccessFile cutting = new RandomAccessFile(file.toFile(), "rw")) {
            cutting.setLength(cut);
        }
    }
}
