package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.EngineConfig;
import dev.millrace.market.EventSink;
import dev.millrace.market.MarketEvent;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.rest.Budget;
import dev.millrace.rest.InfoClient;
import dev.millrace.rest.VenueInfo;
import dev.millrace.simulator.Conduct;
import dev.millrace.simulator.LoggedRequest;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.SimulatedCoin;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import dev.millrace.store.StoreException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the exchange is asked for the minutes that ours are compared with: by a clock that the test moves. */
class CandleReadsTest {

    private static final long MINUTE_MS = 60_000;
    private static final long HOUR_MS = 60 * MINUTE_MS;
    /** Ten minutes past an hour. */
    private static final long START_MS = 1_790_294_400_000L / HOUR_MS * HOUR_MS + 10 * MINUTE_MS;

    private static final List<String> COINS = List.of("BTC", "ETH");
    /** Of two hours of minutes, and of one: 20, and one for each 60 candles. */
    private static final List<Integer> WEIGHTS = List.of(22, 22, 21, 21);

    private static final EventSink NOWHERE = new EventSink() {
        @Override
        public MarketEvent tryClaim(int bytes) {
            return new MarketEvent(bytes);
        }

        @Override
        public void publish(MarketEvent event) {
            // The journal is another test's.
        }
    };

    @TempDir
    Path folder;

    private final VenueTime time = new VenueTime(START_MS);
    private final AtomicInteger stored = new AtomicInteger();
    private boolean tablesStandStill;
    private final ErrorLog errors = new ErrorLog(Clock.systemUTC());

    @Test
    void shouldReadEachMinuteWhenItsHourIsOverTwoMinutesLaterAndInTheNextHour() throws Exception {
        try (Simulator venue = venue(Conduct.good());
                CandleReads reads = reads(venue, Duration.ofHours(1))) {
            long hourMs = START_MS - 10 * MINUTE_MS + HOUR_MS;
            assertEquals(0, asked(venue, reads), "nothing is over yet");
            time.skipTo(hourMs + 5_000);
            assertEquals(0, asked(venue, reads), "the last trades are still on their way");
            time.skipTo(hourMs + 11_000);
            assertEquals(2, asked(venue, reads));
            assertEquals(0, asked(venue, reads));
            time.skipTo(hourMs + 100_000);
            assertEquals(0, asked(venue, reads));
            time.skipTo(hourMs + 200_000);
            assertEquals(2, asked(venue, reads), "some candles come late");
            assertEquals(WEIGHTS, weights(venue));
            time.skipTo(hourMs + 59 * MINUTE_MS);
            assertEquals(0, asked(venue, reads));
            time.skipTo(hourMs + HOUR_MS + 11_000);
            assertEquals(2, asked(venue, reads), "both hours once more");
            assertEquals(List.of(22, 22), weights(venue).subList(4, 6));
            assertEquals(3, stored.get(), "each reading waits for the tables");
            assertEquals(List.of(), errors.entries());
        }
    }

    @Test
    void shouldAskTheFailedOnesAgainBehindTheOthersAndSayWhatIsStillLacking() throws Exception {
        Conduct faulty = Conduct.good()
                .with("rest-text:type=candleSnapshot,coin=BTC")
                .with("rest-text:type=candleSnapshot,coin=ETH@0x9");
        try (Simulator venue = venue(faulty);
                CandleReads reads = reads(venue, Duration.ofMinutes(15))) {
            time.skipTo(START_MS + 6 * MINUTE_MS);
            assertEquals(4, asked(venue, reads), "two, and both again");
            assertEquals(1, errors.entries().size());
            assertTrue(errors.entries().toString().contains("ETH: "), errors.entries()::toString);
        }
    }

    @Test
    void shouldGoOnWhenTheVenueWasAwayForLong() throws Exception {
        Conduct faulty = Conduct.good().with("rest-text:type=exchangeStatus");
        try (Simulator venue = venue(faulty);
                CandleReads reads = reads(venue, Duration.ofMinutes(15))) {
            time.skipTo(START_MS + 6 * MINUTE_MS);
            assertEquals(0, asked(venue, reads));
            assertEquals(1, errors.entries().size());
            time.skip(Duration.ofHours(1));
            assertEquals(2, asked(venue, reads));
            assertEquals(0, asked(venue, reads));
        }
    }

    @Test
    void shouldNeverReadByScheduleWhereNoneIsWanted() throws Exception {
        try (Simulator venue = venue(Conduct.good());
                CandleReads reads = reads(venue, Duration.ZERO)) {
            time.skip(Duration.ofHours(1));
            assertEquals(0, asked(venue, reads));
        }
    }

    /** How many candle requests one look makes. */
    private static long asked(Simulator venue, CandleReads reads) throws InterruptedException {
        long before = weights(venue).size();
        reads.work();
        return weights(venue).size() - before;
    }

    @Test
    void shouldAskForNothingTwiceBecauseTheTablesStandStill() throws Exception {
        try (Simulator venue = venue(Conduct.good());
                CandleReads reads = reads(venue, Duration.ofHours(1))) {
            long hourMs = START_MS - 10 * MINUTE_MS + HOUR_MS;
            time.skipTo(hourMs + 11_000);
            tablesStandStill = true;
            assertThrows(StoreException.class, reads::work);
            tablesStandStill = false;
            assertEquals(0, asked(venue, reads), "it is not due again each second");
            time.skipTo(hourMs + 200_000);
            assertEquals(2, asked(venue, reads));
        }
    }

    private static List<Integer> weights(Simulator venue) {
        return venue.requests().stream()
                .filter(request -> request.type().equals("candleSnapshot"))
                .map(LoggedRequest::weight)
                .toList();
    }

    private Simulator venue(Conduct conduct) throws Exception {
        MarketModel market = MarketModel.of(3, START_MS)
                .withCoins(COINS.stream().map(SimulatedCoin::named).toList());
        return Simulator.start(SimulatorConfig.of(market).withRealTime().withConduct(conduct.withClock(time::nanos)));
    }

    private void awaitTables() {
        if (tablesStandStill) {
            throw new StoreException("the tables are not being filled: no room");
        }
        stored.incrementAndGet();
    }

    private CandleReads reads(Simulator venue, Duration every) {
        EngineConfig config = Daemon.config(folder, URI.create("ws://127.0.0.1:1/ws"), venue.restUrl());
        Counters counters = new Counters();
        Budget budget = new Budget(Budget.VENUE_WEIGHT, Duration.ofMinutes(1), time::nanos, counters);
        InfoClient client = new InfoClient(config.hyperliquid(), config.rest(), budget, NOWHERE, () -> 1, counters);
        return new CandleReads(
                every,
                new VenueInfo(client, CandleReads.priority()),
                this::awaitTables,
                () -> COINS,
                time.clock(),
                errors);
    }
}
