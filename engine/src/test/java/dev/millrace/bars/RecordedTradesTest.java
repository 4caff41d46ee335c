package dev.millrace.bars;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.Recordings;
import dev.millrace.config.BarsConfig;
import dev.millrace.config.BarsConfig.EmptyBars;
import dev.millrace.market.Basis;
import dev.millrace.market.Decimals;
import dev.millrace.market.Timeframe;
import dev.millrace.metrics.Counters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded trades, snapshots and all; the seeded twin is {@link BarPropertiesTest}. */
class RecordedTradesTest {

    private final BarsConfig config = new BarsConfig(
            Stream.of("1s", "1m", "5m", "15m", "1h").map(Timeframe::parse).toList(),
            List.of(Basis.TRADE),
            Duration.ofMillis(500),
            Duration.ofMinutes(10),
            EmptyBars.CARRY);
    private final FakeCoverage coverage = FakeCoverage.whole();
    private final EmittedBars emitted = new EmittedBars();
    private final BarOracle oracle = new BarOracle(config, symbol -> coverage);
    private final BarAggregator bars =
            new BarAggregator(config, symbol -> "recorded", coverage, emitted, new Counters());
    private final Set<String> seen = new HashSet<>();
    private long clockMs = Long.MIN_VALUE;

    @ParameterizedTest
    @ValueSource(strings = {"BTC", "ETH", "SOL", "WLFI"})
    void shouldEqualTheOracleAndRollUpOnRecordedTrades(String coin) throws IOException {
        Path file = Recordings.file("hyperliquid/csv/djienne-20250903-trades_" + coin + ".csv");
        List<String> lines = Files.readAllLines(file);
        List<String> header = List.of(lines.get(0).split(","));
        for (String line : lines.subList(1, lines.size())) {
            onLine(header, line.split(","));
        }
        assertTrue(
                oracle.accepted().size() > 100,
                () -> "only " + oracle.accepted().size() + " trades in " + file);
        Map<PlainBar.Key, PlainBar> closed = emitted.lastRevisions();
        assertEquals(oracle.barsByClosed(clockMs).get(true), closed);
        assertTrue(new RollUp(closed, coverage).check(config) > 0);
    }

    private void onLine(List<String> header, String[] fields) {
        String tid = fields[header.indexOf("trade_id")];
        long timeMs = Long.parseLong(fields[header.indexOf("exchange_timestamp")]);
        if (!seen.add(timeMs + " " + tid)) {
            return;
        }
        long price = Decimals.parse(fields[header.indexOf("price")]);
        long size = Decimals.parse(fields[header.indexOf("size")]);
        boolean buy = fields[header.indexOf("side")].equals("buy");
        long before = clockMs;
        var trade = new BarOracle.Trade(0, Basis.TRADE, timeMs, Decimals.decimal(price), Decimals.decimal(size), buy);
        assertEquals(oracle.accept(trade, before), bars.onTrade(0, timeMs, price, size, 8, buy, before));
        clockMs = Math.max(clockMs, timeMs);
        emitted.nextRecord();
        bars.onClock(clockMs, seen.size());
    }
}
