package dev.millrace.bars;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.BarsConfig;
import dev.millrace.config.BarsConfig.EmptyBars;
import dev.millrace.market.Basis;
import dev.millrace.market.CoverageView;
import dev.millrace.market.Decimals;
import dev.millrace.market.Timeframe;
import dev.millrace.metrics.Counters;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * One seeded stream of records through an aggregator, with the oracle beside it: late trades, some exactly on the limit,
 * ties, jumps of the clock, breaks of coverage that are joined or not, mids, several symbols, sizes of both scales.
 */
final class RandomStream {

    private static final int SYMBOLS = 3;
    private static final long EPOCH = 1_756_904_100_000L;
    private static final List<List<String>> TIMEFRAMES = List.of(
            List.of("1s", "5s", "15s", "1m"),
            List.of("1s", "2s", "3s", "6s"),
            List.of("5s"),
            List.of("15s", "1m", "1h"));

    final BarsConfig config;
    final EmittedBars emitted = new EmittedBars();
    final BarOracle oracle;
    long clockMs = Long.MIN_VALUE;

    private final Random random;
    private final FakeCoverage[] coverage = new FakeCoverage[SYMBOLS];
    private final BarAggregator aggregator;
    private long newestMs;
    private long receiveNs;
    private boolean settingsChanged;

    RandomStream(long seed) {
        random = new Random(seed);
        config = randomConfig();
        for (int symbol = 0; symbol < SYMBOLS; symbol++) {
            coverage[symbol] = new FakeCoverage();
        }
        newestMs = EPOCH + random.nextInt(100_000);
        oracle = new BarOracle(config, symbol -> coverage[symbol]);
        aggregator = new BarAggregator(config, symbol -> "S" + symbol, new BySymbol(), emitted, new Counters());
    }

    private final class BySymbol implements CoverageView {
        @Override
        public boolean covered(int symbol, Basis basis, long fromMs, long toMs) {
            return coverage[symbol].covered(symbol, basis, fromMs, toMs);
        }

        @Override
        public long unresolvedFrom(int symbol, Basis basis) {
            return coverage[symbol].unresolvedFrom(symbol, basis);
        }
    }

    private BarsConfig randomConfig() {
        return new BarsConfig(
                one(TIMEFRAMES).stream().map(Timeframe::parse).toList(),
                random.nextInt(3) == 0 ? List.of(Basis.TRADE, Basis.MID) : List.of(Basis.TRADE),
                Duration.ofMillis(one(List.of(0, 1, 500, 3_000))),
                Duration.ofMillis(one(List.of(0, 300, 2_000, 10_000, 60_000, 600_000))),
                one(List.of(EmptyBars.values())));
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    void run(int records) {
        for (int i = 0; i < records; i++) {
            record();
        }
    }

    /** Other settings from here on; the oracle no longer follows. */
    void changeSettings() {
        settingsChanged = true;
        aggregator.reconfigure(randomConfig(), clockMs);
    }

    /** Emitted and open bars are what the oracle computes from all accepted trades. */
    void check() {
        Map<Boolean, Map<PlainBar.Key, PlainBar>> expected = oracle.barsByClosed(clockMs);
        assertEquals(expected.get(true), emitted.lastRevisions());
        Map<PlainBar.Key, PlainBar> open = new HashMap<>();
        List<PlainBar.Key> order = new ArrayList<>();
        aggregator.forEachOpen(bar -> {
            open.put(PlainBar.Key.of(bar), PlainBar.of(bar));
            order.add(PlainBar.Key.of(bar));
        });
        assertEquals(expected.get(false), open);
        assertEquals(order.stream().sorted(PlainBar.Key.BY_SERIES).toList(), order);
    }

    private void record() {
        emitted.nextRecord();
        int symbol = random.nextInt(1 + random.nextInt(SYMBOLS));
        long before = clockMs;
        if (random.nextInt(100) < 2) {
            newestMs += random.nextInt(100) * config.timeframes().get(0).millis();
        }
        int kind = random.nextInt(100);
        if (kind < 70) {
            for (int i = random.nextInt(5); i >= 0; i--) {
                trade(symbol, before);
            }
        } else if (kind < 80 && config.bases().contains(Basis.MID)) {
            mid(symbol, before);
        }
        moveClock();
        changeCoverage(kind, symbol);
        receiveNs += random.nextInt(3) * 1_000_000L;
        aggregator.onClock(clockMs, receiveNs);
    }

    private void trade(int symbol, long before) {
        long timeMs = randomTime(before);
        long price = (1L + random.nextInt(9)) * 1_000_000L;
        int scale = symbol == 0 ? 4 : 8;
        long size = random.nextInt(10) == 0 ? 9_000_000_000_000_000_000L : 1L + random.nextInt(1_000_000);
        boolean buy = random.nextBoolean();
        boolean inTime = oracle.accept(
                new BarOracle.Trade(
                        symbol,
                        Basis.TRADE,
                        timeMs,
                        Decimals.decimal(price),
                        BigDecimal.valueOf(size, scale).setScale(8),
                        buy),
                before);
        boolean barred = aggregator.onTrade(symbol, timeMs, price, size, scale, buy, before);
        assertTrue(settingsChanged || inTime == barred, () -> timeMs + " at clock " + before + " barred: " + barred);
        noteTime(inTime, timeMs);
    }

    private void mid(int symbol, long before) {
        long timeMs = randomTime(before);
        long price = (1L + random.nextInt(9)) * 5_000_000L;
        BigDecimal none = BigDecimal.valueOf(0, 8);
        boolean inTime = oracle.accept(
                new BarOracle.Trade(symbol, Basis.MID, timeMs, Decimals.decimal(price), none, false), before);
        aggregator.onMid(symbol, timeMs, price, before);
        noteTime(inTime, timeMs);
    }

    private void noteTime(boolean inTime, long timeMs) {
        if (inTime) {
            newestMs = Math.max(newestMs, timeMs);
        }
    }

    private long randomTime(long before) {
        long windowMs = config.revisionWindow().toMillis();
        long length = one(config.timeframes()).millis();
        int choice = random.nextInt(20);
        if (before == Long.MIN_VALUE || choice < 10) {
            return newestMs + (random.nextBoolean() ? 0 : random.nextInt(700)) - (before == Long.MIN_VALUE ? 9_000 : 0);
        }
        return switch (choice) {
            case 10 -> before - windowMs;
            case 11 -> before - windowMs - 1;
            case 12 -> Math.floorDiv(newestMs, length) * length;
            case 13 -> Math.floorDiv(newestMs, length) * length + length - 1;
            default -> before - (long) (random.nextDouble() * 1.5 * Math.min(windowMs, 20_000));
        };
    }

    private void moveClock() {
        if (!oracle.accepted().isEmpty()) {
            clockMs = Math.max(clockMs, newestMs + random.nextInt(1_000));
            clockMs += random.nextInt(4) == 0 ? toTheLastMomentOfABar() : 0;
        }
        for (FakeCoverage each : coverage) {
            each.advance(clockMs);
        }
    }

    /** Brings the revision window's far end to the last millisecond of a bucket. */
    private long toTheLastMomentOfABar() {
        long length = config.timeframes().get(0).millis();
        return Math.floorMod(config.revisionWindow().toMillis() - 1 - clockMs, length);
    }

    private void changeCoverage(int kind, int symbol) {
        FakeCoverage changed = coverage[symbol];
        if (clockMs == Long.MIN_VALUE || kind < 85) {
            return;
        }
        if (changed.isConnected()) {
            long reach = Math.min(config.revisionWindow().toMillis(), 5_000);
            changed.lose(clockMs - random.nextInt((int) reach + 1));
        } else if (changed.unresolvedFrom(symbol, Basis.TRADE) != Long.MAX_VALUE && random.nextBoolean()) {
            changed.rejoin(clockMs, provableFrom(symbol));
        } else {
            changed.start(Math.max(provableFrom(symbol), clockMs - random.nextInt(300)), clockMs);
        }
        for (Basis basis : Basis.values()) {
            aggregator.onCoverageChanged(symbol, basis);
        }
    }

    private long provableFrom(int symbol) {
        return Stream.of(Basis.values())
                .mapToLong(basis -> aggregator.provableFrom(symbol, basis))
                .max()
                .orElseThrow();
    }

    CoverageView coverage() {
        return new BySymbol();
    }
}
