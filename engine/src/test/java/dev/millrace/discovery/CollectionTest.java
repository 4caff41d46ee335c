package dev.millrace.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.market.CandleInterval;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which pages are asked for. */
class CollectionTest {

    private static final long NOW_MS = Instant.parse("2026-11-23T10:15:05Z").toEpochMilli();
    private static final long HOUR_MS = 3_600_000;

    private final List<Page> asked = new ArrayList<>();
    private int failing;
    private int odd;

    /** A venue with a candle for each bucket and a payment for each hour. */
    private final class Ports implements CollectionPorts {

        private final Map<Series, List<Stretch>> stored;

        Ports(Map<Series, List<Stretch>> stored) {
            this.stored = stored;
        }

        @Override
        public long venueMs() {
            return NOW_MS;
        }

        @Override
        public Received fetch(Page page) throws PageException {
            asked.add(page);
            if (failing-- > 0) {
                throw new PageException("busy", null);
            }
            long fromMs = page.stretch().fromMs();
            return page.series().interval().isPresent()
                    ? new Received((int) page.expected() - odd, page.stretch().toMs(), lines(odd))
                    : new Received((int) page.expected() - odd, fromMs + page.expected() * HOUR_MS, lines(odd));
        }

        @Override
        public Map<Series, List<Stretch>> stored() {
            return stored;
        }

        @Override
        public Duration timeFor(Collection<Page> pages) {
            return Duration.ZERO;
        }
    }

    @Test
    void shouldEndBeforeTheBucketUnderWayAndThoseThatMayStillSettle() throws Exception {
        run(Map.of(), Series.candles("BTC", CandleInterval.QUARTER_HOUR), 4);
        assertEquals(
                Instant.parse("2026-11-23T10:00:00Z").toEpochMilli(),
                asked.get(0).stretch().toMs());
        assertEquals(4, asked.get(0).expected());
    }

    @Test
    void shouldAskForNoTimeBefore1970() throws Exception {
        run(Map.of(), Series.candles("BTC", CandleInterval.ONE_MONTH), 5_000);
        assertEquals(
                new Stretch(0, Instant.parse("2026-11-01T00:00:00Z").toEpochMilli()),
                asked.get(0).stretch());
        assertEquals(56 * 12 + 10, asked.get(0).expected());
    }

    @Test
    void shouldAskForWhatIsMissingOnBothSides() throws Exception {
        Series hours = Series.candles("BTC", CandleInterval.ONE_HOUR);
        long endMs = CandleInterval.ONE_HOUR.startOf(NOW_MS);
        Stretch held = new Stretch(endMs - 8 * HOUR_MS, endMs - 2 * HOUR_MS);
        run(Map.of(hours, List.of(held)), hours, 10);
        assertEquals(
                List.of(new Stretch(endMs - 10 * HOUR_MS, held.fromMs()), new Stretch(held.toMs(), endMs)),
                asked.stream().map(Page::stretch).toList());
    }

    @Test
    void shouldPageFundingFromBehindTheLastPayment() throws Exception {
        run(Map.of(), Series.funding("BTC"), 1_200);
        assertEquals(3, asked.size());
        assertEquals(
                500 * HOUR_MS,
                asked.get(1).stretch().fromMs() - asked.get(0).stretch().fromMs());
        asked.clear();
        Stretch held = new Stretch(0, NOW_MS - HOUR_MS + 1);
        CollectionResult result = run(Map.of(Series.funding("BTC"), List.of(held)), Series.funding("BTC"), 10);
        assertEquals(1, result.upToDate(), "no payment can have come within less than an hour");
        assertEquals(List.of(), asked);
    }

    @Test
    void shouldTryAFailedPageAgainAndReportOneThatNeverComes() throws Exception {
        failing = 2;
        Series hours = Series.candles("BTC", CandleInterval.ONE_HOUR);
        assertEquals(List.of(), run(Map.of(), hours, 10).failures());
        assertEquals(3, asked.size());
        failing = 99;
        assertEquals(List.of("BTC 1h: busy"), run(Map.of(), hours, 10).failures());
    }

    @Test
    void shouldGoOnBehindAPageWithOddRowsAndTellThem() throws Exception {
        odd = 5;
        CollectionResult result = run(Map.of(), Series.funding("BTC"), 1_200);
        assertEquals(3, asked.size(), "a full page is full whatever was refused of it");
        assertEquals(15, result.refused());
        assertEquals(
                List.of(
                        "BTC funding: odd",
                        "BTC funding: odd",
                        "BTC funding: odd",
                        "BTC funding: 2 more of the same page"),
                result.refusals().subList(0, 4));
        assertEquals(List.of(), result.failures());
    }

    @Test
    void shouldAskPerpetualsAloneForFunding() {
        assertEquals(
                List.of("BTC", "kPEPE", "xyz:TSLA"),
                List.of("BTC", "@107", "kPEPE", "PURR/USDC", "#1040", "xyz:TSLA").stream()
                        .filter(Series::paysFunding)
                        .toList());
    }

    private static List<String> lines(int count) {
        return Collections.nCopies(count, "odd");
    }

    private CollectionResult run(Map<Series, List<Stretch>> stored, Series series, int bars) throws Exception {
        return new dev.millrace.discovery.Collection(new Ports(stored), (done, of, left) -> {})
                .run(List.of(series), bars);
    }
}
