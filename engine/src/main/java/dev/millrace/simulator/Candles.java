package dev.millrace.simulator;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The open candle of each interval of one coin, kept from its trades. */
final class Candles {

    /** The venue's intervals. */
    static final List<String> INTERVALS =
            List.of("1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "8h", "12h", "1d", "3d", "1w", "1M");

    private static final long MINUTE = 60_000;
    private static final long DAY = 1_440 * MINUTE;
    /** 1970-01-05, the first Monday. */
    private static final long FIRST_MONDAY = 4 * DAY;

    private static final long[] LENGTHS = {
        MINUTE,
        3 * MINUTE,
        5 * MINUTE,
        15 * MINUTE,
        30 * MINUTE,
        60 * MINUTE,
        120 * MINUTE,
        240 * MINUTE,
        480 * MINUTE,
        720 * MINUTE,
        DAY,
        3 * DAY,
        7 * DAY,
        0
    };

    private final Open[] open = new Open[LENGTHS.length];

    Candles() {
        for (int i = 0; i < open.length; i++) {
            open[i] = new Open();
        }
    }

    void onTrade(SimulatedTrade trade, long sizeStep) {
        for (int i = 0; i < open.length; i++) {
            Open candle = open[i];
            if (trade.timeMs() >= candle.endMs) {
                candle.begin(startMs(i, trade.timeMs()), endMs(i, trade.timeMs()), trade.price());
            }
            candle.add(trade.price(), trade.size() / sizeStep);
        }
    }

    /** The candle last touched by a trade. */
    Open open(String interval) {
        return open[INTERVALS.indexOf(interval)];
    }

    /** First millisecond of the bucket that holds this time. */
    static long startMs(int interval, long timeMs) {
        if (LENGTHS[interval] == 0) {
            return monthOf(timeMs).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        }
        long origin = LENGTHS[interval] == 7 * DAY ? FIRST_MONDAY : 0;
        return timeMs - Math.floorMod(timeMs - origin, LENGTHS[interval]);
    }

    /** First millisecond after the bucket that holds this time. */
    static long endMs(int interval, long timeMs) {
        return LENGTHS[interval] == 0
                ? monthOf(timeMs)
                        .plusMonths(1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                        .toEpochMilli()
                : startMs(interval, timeMs) + LENGTHS[interval];
    }

    private static LocalDate monthOf(long timeMs) {
        return Instant.ofEpochMilli(timeMs)
                .truncatedTo(ChronoUnit.DAYS)
                .atZone(ZoneOffset.UTC)
                .toLocalDate()
                .withDayOfMonth(1);
    }

    /** One candle; prices scale 8, volume in the coin's smallest size step. */
    static final class Open {
        long startMs;
        long endMs = Long.MIN_VALUE;
        long open;
        long high;
        long low;
        long close;
        long volumeSteps;
        long trades;

        private void begin(long newStartMs, long newEndMs, long price) {
            startMs = newStartMs;
            endMs = newEndMs;
            open = price;
            high = price;
            low = price;
            volumeSteps = 0;
            trades = 0;
        }

        private void add(long price, long steps) {
            high = Math.max(high, price);
            low = Math.min(low, price);
            close = price;
            volumeSteps += steps;
            trades++;
        }
    }
}
