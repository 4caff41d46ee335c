package dev.millrace.simulator;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The candles of one coin: the open one of each interval and the live market's minutes are kept from its trades, what
 * was before comes from {@link CandlePast}, and everything else is rolled up when somebody asks.
 */
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

    /** As many of an interval as the venue keeps. */
    private static final int KEPT = 5_000;

    private final Open[] open = new Open[LENGTHS.length];
    private final List<Candle> minutes = new ArrayList<>();
    private final CandlePast past;

    Candles(CandlePast past) {
        this.past = past;
        for (int i = 0; i < open.length; i++) {
            open[i] = new Open();
        }
    }

    void onTrade(SimulatedTrade trade, long sizeStep) {
        for (int i = 0; i < open.length; i++) {
            Open candle = open[i];
            if (trade.timeMs() >= candle.endMs) {
                if (i == 0 && candle.trades > 0) {
                    minutes.add(candle.toCandle());
                }
                candle.begin(startMs(i, trade.timeMs()), endMs(i, trade.timeMs()), trade.price());
            }
            candle.add(trade.price(), trade.size() / sizeStep);
        }
    }

    /** The candle last touched by a trade. */
    Candle open(String interval) {
        Open candle = open[INTERVALS.indexOf(interval)];
        if (!candle.joined) {
            candle.join(past.rollUp(candle.startMs, Math.min(candle.endMs, past.untilMs())));
        }
        return candle.toCandle();
    }

    /** The newest candles up to now that end after one time and begin by another, oldest first; the last may be open. */
    List<Candle> between(String interval, long fromMs, long toMs, long nowMs) {
        int i = INTERVALS.indexOf(interval);
        long newest = Math.min(toMs, nowMs);
        long oldest = LENGTHS[i] == 0 ? past.fromMs() : startMs(i, nowMs) - (KEPT - 1) * LENGTHS[i];
        List<Candle> found = new ArrayList<>();
        long start = startMs(i, Math.max(fromMs, Math.max(oldest, past.fromMs())));
        while (start <= newest) {
            long end = endMs(i, start);
            rollUp(start, end).ifPresent(found::add);
            start = end;
        }
        return found;
    }

    private Optional<Candle> rollUp(long startMs, long endMs) {
        Candle sum = past.rollUp(startMs, endMs).orElse(null);
        for (int i = firstMinute(startMs); i <= minutes.size(); i++) {
            Candle minute = i < minutes.size() ? minutes.get(i) : open[0].toCandle();
            if (minute.startMs() >= endMs) {
                break;
            }
            if (minute.startMs() >= startMs && minute.trades() > 0) {
                sum = sum == null ? minute.in(startMs, endMs) : sum.with(minute);
            }
        }
        return Optional.ofNullable(sum);
    }

    /** Place of the first live minute from this time on. */
    private int firstMinute(long fromMs) {
        int low = 0;
        int high = minutes.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (minutes.get(middle).startMs() < fromMs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
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

    /** A candle that trades are added to. */
    private static final class Open {
        private long startMs;
        private long endMs = Long.MIN_VALUE;
        private long open;
        private long high;
        private long low;
        private long close;
        private long volumeSteps;
        private long trades;
        /** Whether what was before the live market is in it. */
        private boolean joined;

        private void begin(long newStartMs, long newEndMs, long price) {
            startMs = newStartMs;
            endMs = newEndMs;
            open = price;
            high = price;
            low = price;
            volumeSteps = 0;
            trades = 0;
            joined = false;
        }

        private void add(long price, long steps) {
            high = Math.max(high, price);
            low = Math.min(low, price);
            close = price;
            volumeSteps += steps;
            trades++;
        }

        private void join(Optional<Candle> before) {
            joined = true;
            before.ifPresent(candle -> {
                open = candle.open();
                high = Math.max(high, candle.high());
                low = Math.min(low, candle.low());
                volumeSteps += candle.volumeSteps();
                trades += candle.trades();
            });
        }

        private Candle toCandle() {
            return new Candle(startMs, endMs, open, high, low, close, volumeSteps, trades);
        }
    }
}
