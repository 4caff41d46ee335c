package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.codec.hyperliquid.HistoryDecoder;
import dev.millrace.codec.hyperliquid.InfoRequest;
import dev.millrace.config.EngineConfig;
import dev.millrace.journal.JournalReader;
import dev.millrace.market.CandleInterval;
import dev.millrace.market.Gap;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.replay.Pace;
import dev.millrace.simulator.Conduct;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.SimulatedCoin;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import dev.millrace.strategy.Strategy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gap that a local exchange's cut leaves is filled with its candles. Minutes pass as fast as both sides can follow. */
@Tag("stress")
@Tag("stress-daemon")
class RepairTest {

    private static final long MINUTE_MS = 60_000;
    private static final long START_MS = 1_790_294_400_000L;

    @TempDir
    Path folder;

    private final VenueTime time = new VenueTime(START_MS);
    private final Told told = new Told();

    /** What a strategy was told of gaps. */
    private static final class Told implements Strategy {

        private final List<Gap> gaps = new CopyOnWriteArrayList<>();

        @Override
        public void onGap(Gap gap) {
            gaps.add(gap);
        }

        boolean isRepaired() {
            return !gaps.isEmpty() && gaps.get(gaps.size() - 1).repaired();
        }
    }

    @Test
    void shouldFillTheGapOfACutWithWhatTheServerHolds() throws Exception {
        try (Simulator venue = venue(cut())) {
            try (Engine engine = launch(venue)) {
                passUntil("the repair", told::isRepaired);
                assertTrue(engine.health().problems().isEmpty(), engine.health()::toString);
            }
            Gap gap = told.gaps.get(0);
            assertFalse(gap.repaired());
            assertTrue(gap.toMs() - gap.fromMs() > 2 * MINUTE_MS, gap::toString);
            assertEquals(gap.filledBut(List.of()), told.gaps.get(told.gaps.size() - 1));
            List<String> minutes = served(venue, gap);
            assertTrue(minutes.size() > 2, minutes::toString);
            assertEquals(
                    minutes,
                    rows("SELECT epoch_ms(timestamp), open, high, low, close, volume, trade_count FROM bars"
                            + " WHERE timeframe = '1m' AND repaired AND source = 'exchange' ORDER BY 1"));
            assertEquals(
                    List.of("0"),
                    rows(
                            "SELECT count(*) FROM ohlcv_bars WHERE source = 'own' AND (repaired OR (complete AND timeframe = '1m'"
                                    + " AND timestamp >= make_timestamptz("
                                    + gap.fromMs() / MINUTE_MS * MINUTE_MS * 1_000
                                    + ") AND timestamp < make_timestamptz(" + gap.toMs() * 1_000 + ")))"));
            assertEquals(List.of("true"), rows("SELECT repaired FROM gaps"));
            assertEquals(
                    List.of("0"),
                    rows("SELECT count(*) FROM bar_revisions WHERE source = 'exchange'"
                            + " AND (timestamp, close, volume) IN (SELECT (timestamp, close, volume) FROM ohlcv_bars"
                            + " WHERE source = 'exchange' AND timeframe = '1m')"));
        }
        assertEquals(told.gaps, Daemon.replay(folder, Pace.MAX).derived(), "a replay tells the same");
        assertEquals(told.gaps, Daemon.journaledGaps(folder));
    }

    @Test
    void shouldRepairAfterARestartWhatTheVenueRefusedBefore() throws Exception {
        try (Simulator venue = venue(cut().with("rest-500:type=candleSnapshot,for=8m@0s"))) {
            try (Engine engine = launch(venue)) {
                passUntil("the gap", () -> !told.gaps.isEmpty());
                passUntil("a refusal", () -> engine.counters().value("rest.failures") > 0);
            }
            assertFalse(told.isRepaired());
            try (Engine engine = launch(venue)) {
                passUntil("the repair", () -> told.gaps.stream().anyMatch(Gap::repaired));
                assertFalse(engine.failure().isDone());
            }
            Gap repaired = told.gaps.stream().filter(Gap::repaired).findFirst().orElseThrow();
            assertTrue(repaired.isAbout(told.gaps.get(0)), told.gaps::toString);
        }
    }

    @Test
    void shouldAskForNothingAgainThatTheJournalAnswers() throws Exception {
        try (Simulator venue = venue(cut())) {
            try (Engine engine = launch(venue)) {
                passUntil("the repair", told::isRepaired);
                passUntil("the minutes twice and the longer bars once", () -> requests(venue) >= 3);
                pass(Duration.ofSeconds(20)); // the last answer is journaled
                assertFalse(engine.failure().isDone());
            }
            assertEquals(3, asked(told.gaps.get(0)));
            try (Engine engine = launch(venue)) {
                pass(Duration.ofMinutes(2));
                assertTrue(engine.counters().value("trades.accepted") > 0);
            }
            assertEquals(3, asked(told.gaps.get(0)), told.gaps::toString);
        }
    }

    /** How often the journal says that candles up to the end of the gap were asked for; a restart may leave another gap. */
    private long asked(Gap gap) throws IOException {
        long asked = 0;
        MarketEvent event = new MarketEvent(1 << 16);
        try (JournalReader journal = JournalReader.open(Daemon.journal(folder))) {
            while (journal.read(event)) {
                String text = new String(event.bytes(), 0, event.length(), StandardCharsets.UTF_8);
                if (event.kind() == RecordKind.REST && text.startsWith("200 {\"type\":\"candleSnapshot\"")) {
                    InfoRequest request = InfoRequest.parse(text.substring(4, text.indexOf('\n')));
                    asked += HistoryDecoder.startMs(request) < gap.toMs() ? 1 : 0;
                }
            }
        }
        return asked;
    }

    /** Two minutes after the start, for three minutes. */
    private static Conduct cut() {
        return Conduct.good().with("no-port:for=3m@125s").with("cut:how=rst@125s");
    }

    private Simulator venue(Conduct conduct) throws Exception {
        MarketModel market = MarketModel.of(5, START_MS).withCoins(List.of(SimulatedCoin.named("BTC")));
        return Simulator.start(SimulatorConfig.of(market).withRealTime().withConduct(conduct.withClock(time::nanos)));
    }

    private Engine launch(Simulator venue) throws InterruptedException {
        EngineConfig config = Daemon.config(
                folder,
                venue.wsUrl(),
                venue.restUrl(),
                "roles=[capture,store]",
                "store.flush-interval=10 ms",
                "quality.check-every=0 s",
                "feed.channels=[trades,bbo]",
                "bars.timeframes=[1s,1m,5m]",
                "rest.min-pause=1 ms",
                "rest.max-pause=2 ms");
        return Engine.launch(config, List.of(told), time.clock());
    }

    private void passUntil(String what, BooleanSupplier so) {
        long[] nextNs = {System.nanoTime()};
        Waiting.until(what, () -> {
            if (System.nanoTime() - nextNs[0] > 0) {
                time.skip(Duration.ofSeconds(10));
                nextNs[0] = System.nanoTime() + 200_000_000;
            }
            return so.getAsBoolean();
        });
    }

    private static long requests(Simulator venue) {
        return venue.requests().stream()
                .filter(request -> request.type().equals("candleSnapshot"))
                .count();
    }

    private void pass(Duration span) {
        long untilMs = time.nowMs() + span.toMillis();
        passUntil(span.toString(), () -> time.nowMs() > untilMs);
    }

    /** Of the server, asked by nothing of ours: the minutes that the gap lies in. */
    private static List<String> served(Simulator venue, Gap gap) throws Exception {
        List<String> lines = new ArrayList<>();
        for (JsonNode candle : ServedCandles.read(
                venue, "BTC", CandleInterval.ONE_MINUTE, gap.fromMs() / MINUTE_MS * MINUTE_MS, gap.toMs() - 1)) {
            lines.add(ServedCandles.line(candle));
        }
        return lines;
    }

    private List<String> rows(String sql) throws SQLException {
        return TableRows.query(folder.resolve("millrace.duckdb"), sql);
    }
}
