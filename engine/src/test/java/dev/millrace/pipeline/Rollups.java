package dev.millrace.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.market.Bar;
import dev.millrace.market.Sum128;
import dev.millrace.market.Timeframe;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every coarser closed bar equals the roll-up of the finer ones. */
final class Rollups {

    private static final List<Timeframe> TIMEFRAMES =
            Stream.of("1s", "1m", "5m", "1h").map(Timeframe::parse).toList();

    private Rollups() {}

    static void check(Collection<Bar> bars) {
        Map<String, List<Bar>> parts = new HashMap<>();
        for (Bar fine : bars) {
            for (Timeframe coarse : TIMEFRAMES) {
                if (fine.timeframe.millis() < coarse.millis()) {
                    parts.computeIfAbsent(key(fine, coarse), k -> new ArrayList<>())
                            .add(fine);
                }
            }
        }
        for (Bar coarse : bars) {
            for (Timeframe fine : TIMEFRAMES) {
                List<Bar> some = parts.getOrDefault(key(coarse, coarse.timeframe), List.of()).stream()
                        .filter(part -> part.timeframe.equals(fine))
                        .sorted(Comparator.comparingLong(part -> part.startMs))
                        .toList();
                if (!some.isEmpty()) {
                    assertRollup(coarse, some);
                }
            }
        }
    }

    private static String key(Bar bar, Timeframe coarse) {
        return bar.symbolName + " " + coarse + " " + coarse.startOf(bar.startMs);
    }

    private static void assertRollup(Bar coarse, List<Bar> parts) {
        Bar first = parts.get(0);
        Bar last = parts.get(parts.size() - 1);
        Sum128 volume = new Sum128();
        Sum128 quote = new Sum128();
        Sum128 buy = new Sum128();
        parts.forEach(part -> {
            volume.add(part.volume);
            quote.add(part.quoteVolume);
            buy.add(part.buyVolume);
        });
        String what = "roll-up of " + parts.size() + " × " + first.timeframe + " into " + coarse;
        assertEquals(first.open, coarse.open, what);
        assertEquals(last.close, coarse.close, what);
        assertEquals(parts.stream().mapToLong(part -> part.high).max().orElseThrow(), coarse.high, what);
        assertEquals(parts.stream().mapToLong(part -> part.low).min().orElseThrow(), coarse.low, what);
        assertEquals(parts.stream().mapToLong(part -> part.count).sum(), coarse.count, what);
        assertEquals(volume.toString(), coarse.volume.toString(), what);
        assertEquals(quote.toString(), coarse.quoteVolume.toString(), what);
        assertEquals(buy.toString(), coarse.buyVolume.toString(), what);
        assertEquals(first.firstTimeMs, coarse.firstTimeMs, what);
        assertEquals(last.lastTimeMs, coarse.lastTimeMs, what);
        if (coarse.complete) {
            parts.forEach(part -> assertEquals(true, part.complete, what + ": incomplete part " + part));
        }
    }
}
