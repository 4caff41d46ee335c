package dev.millrace.barlog;

import dev.millrace.market.Bar;
import dev.millrace.market.Basis;
import dev.millrace.market.Decimals;
import dev.millrace.market.EmittedBarSink;
import dev.millrace.market.Timeframe;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A seeded stream of bars over three days: several symbols, one with a long name, revisions, many bars of one record. */
final class BarStream {

    static final long START_MS = 1_756_857_600_000L; // 2025-09-03
    private static final List<String> SYMBOLS = List.of("BTC", "kPEPE", "xyz:TSLA", "@107", "L".repeat(300) + "é");
    private static final List<Timeframe> TIMEFRAMES =
            List.of(Timeframe.parse("1m"), Timeframe.parse("1h"), Timeframe.parse("1d"));

    /** A bar and the record that made it. */
    record Made(Bar bar, long sequence) {

        void into(EmittedBarSink sink) {
            sink.onEmitted(bar, sequence);
        }
    }

    private final Random random;
    private final List<Made> made = new ArrayList<>();

    BarStream(long seed, int bars) {
        random = new Random(seed);
        long sequence = 1;
        for (int i = 0; i < bars; i++) {
            sequence += random.nextInt(3);
            made.add(new Made(bar(START_MS + 3 * DayLayout.DAY_MS * i / bars), sequence));
        }
    }

    List<Made> made() {
        return made;
    }

    private Bar bar(long timeMs) {
        Bar bar = new Bar();
        bar.symbol = random.nextInt(SYMBOLS.size());
        bar.symbolName = SYMBOLS.get(bar.symbol);
        bar.timeframe = TIMEFRAMES.get(random.nextInt(TIMEFRAMES.size()));
        bar.basis = random.nextInt(5) == 0 ? Basis.MID : Basis.TRADE;
        bar.startMs = bar.timeframe.startOf(timeMs);
        bar.open = random.nextInt(10) == 0 ? Decimals.NULL_PRICE : random.nextLong();
        bar.high = random.nextLong();
        bar.low = random.nextLong();
        bar.close = random.nextLong();
        bar.volume.set(random.nextInt(), random.nextLong());
        bar.quoteVolume.set(random.nextInt(), random.nextLong());
        bar.buyVolume.set(random.nextInt(), random.nextLong());
        bar.count = random.nextInt(1000);
        bar.firstTimeMs = timeMs;
        bar.lastTimeMs = timeMs + random.nextInt(1000);
        bar.complete = random.nextBoolean();
        bar.revision = random.nextInt(4);
        bar.knownAtNs = timeMs * 1_000_000L + random.nextInt(1_000_000);
        return bar;
    }
}
