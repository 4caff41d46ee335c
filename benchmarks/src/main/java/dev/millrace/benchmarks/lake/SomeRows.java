package dev.millrace.benchmarks.lake;

import dev.millrace.tables.Dataset;
import dev.millrace.tables.Row;
import dev.millrace.tables.RowCursor;
import dev.millrace.tables.Schema;
import java.time.LocalDate;
import java.util.Random;

/** A day of ticks or of minutes of one symbol, as a lively coin gives them, the same for each seed. */
final class SomeRows {

    private static final long DAY_MICROS = 86_400_000_000L;
    private static final long NS_PER_MICRO = 1_000;
    private static final int MINUTES = 1_440;
    private static final Schema TICKS = Dataset.TICK_DATA.schema();
    private static final Schema BARS = Dataset.OHLCV.schema();

    private SomeRows() {}

    /** Ids are as random as the venue's, 50 bits; prices walk by single steps, sizes have five decimals. */
    static RowCursor ticks(LocalDate day, int count, long seed) {
        Random random = new Random(seed);
        long start = day.toEpochDay() * DAY_MICROS;
        long[] price = {1_100_000};
        return new Generated(TICKS, count, (row, number) -> {
            long time = start + DAY_MICROS / 1_000 * number / count * 1_000;
            price[0] += random.nextInt(3) - 1;
            row.setLong(TICKS.column("timestamp"), time);
            row.setLong(TICKS.column("trade_id"), ((long) number << 30) + random.nextInt(1 << 30));
            row.setText(TICKS.column("side"), random.nextBoolean() ? "buy" : "sell");
            row.setDouble(TICKS.column("price"), price[0] / 10.0);
            row.setDouble(TICKS.column("volume"), (1 + random.nextInt(100_000)) / 1e5);
            row.setLong(TICKS.column("received_ns"), (time + 100_000 + random.nextInt(50_000)) * NS_PER_MICRO);
            row.setLong(TICKS.column("journal_seq"), 1 + number / 2 * 3L);
        });
    }

    static RowCursor minutes(LocalDate day, long seed) {
        Random random = new Random(seed);
        long start = day.toEpochDay() * DAY_MICROS;
        long[] price = {1_100_000};
        return new Generated(BARS, MINUTES, (row, number) -> minute(row, number, start, price, random));
    }

    private static void minute(Row row, int number, long start, long[] price, Random random) {
        long time = start + number * 60_000_000L;
        double open = price[0] / 10.0;
        price[0] += random.nextInt(21) - 10;
        double close = price[0] / 10.0;
        double volume = (1 + random.nextInt(10_000_000)) / 1e5;
        double high = Math.max(open, close) + random.nextInt(5) / 10.0;
        double low = Math.min(open, close) - random.nextInt(5) / 10.0;
        row.setText(BARS.column("timeframe"), "1m");
        row.setText(BARS.column("basis"), "trade");
        row.setText(BARS.column("source"), "own");
        row.setLong(BARS.column("timestamp"), time);
        row.setDouble(BARS.column("open"), open);
        row.setDouble(BARS.column("high"), high);
        row.setDouble(BARS.column("low"), low);
        row.setDouble(BARS.column("close"), close);
        row.setDouble(BARS.column("volume"), volume);
        row.setDouble(BARS.column("quote_volume"), volume * (low + high) / 2);
        row.setDouble(BARS.column("vwap"), (low + high) / 2);
        row.setDouble(BARS.column("buy_volume"), volume / 2);
        row.setLong(BARS.column("trade_count"), 1 + random.nextInt(500));
        row.setLong(BARS.column("first_time"), time + random.nextInt(1_000) * 1_000L);
        row.setLong(BARS.column("last_time"), time + 59_000_000 + random.nextInt(1_000) * 1_000L);
        row.setFlag(BARS.column("complete"), true);
        row.setFlag(BARS.column("repaired"), false);
        row.setLong(BARS.column("revision"), 0);
        row.setLong(BARS.column("known_at"), time + 60_600_000 + random.nextInt(1_000));
        row.setLong(BARS.column("journal_seq"), 1 + number * 5_000L);
    }
}
