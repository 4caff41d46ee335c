package dev.millrace.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Published tables where there are some; else the textbook's recursion, written out here row by row. */
class IndicatorsTest {

    private static final Limits ALL = new Limits(1_000_000, Duration.ofMinutes(1));
    private static final long SEED = 7;
    private static final int ROWS = 900; // more than two blocks of the short averages

    @TempDir
    Path folder;

    private SomeTables tables;

    @BeforeEach
    void open() {
        tables = new SomeTables(folder);
    }

    @AfterEach
    void close() {
        tables.close();
    }

    /** StockCharts' spreadsheet of QQQQ, Wilder's RSI of 14 days. */
    @Test
    void shouldGiveThePublishedRsi() throws IOException {
        double[] closes = {
            44.3389, 44.0902, 44.1497, 43.6124, 44.3278, 44.8264, 45.0955, 45.4245, 45.8433, 46.0826, 45.8931, 46.0328,
            45.6140, 46.2820, 46.2820, 46.0028, 46.0328, 46.4116, 46.2222, 45.6439, 46.2122, 46.2521, 45.7137, 46.4515,
            45.7835, 45.3548, 44.0288, 44.1783, 44.2181, 44.5672, 43.4205, 42.6628, 43.1314
        };
        double[] published = {
            70.53, 66.32, 66.55, 69.41, 66.36, 57.97, 62.93, 63.26, 56.06, 62.38, 54.71, 50.42, 39.99, 41.46, 41.87,
            45.46, 37.30, 33.08, 37.77
        };
        closes(closes);
        List<Double> rsi = column("SELECT rsi FROM rsi('BTC', '1m')");
        assertEquals(closes.length, rsi.size());
        for (int i = 0; i < closes.length; i++) {
            if (i < 14) {
                assertNull(rsi.get(i), "row " + (i + 1));
            } else {
                assertEquals(published[i - 14], rsi.get(i), 0.006, "row " + (i + 1));
            }
        }
    }

    /** Candles that were collected: weeks from Monday on, and months of 30 and 31 days; (10 + 20) / 2, (20 + 40) / 2. */
    @Test
    void shouldTakeWeeksAndMonths() throws IOException {
        for (String timeframe : List.of("1w", "1M")) {
            List<String> starts = timeframe.equals("1w")
                    ? List.of("2026-11-02", "2026-11-09", "2026-11-16")
                    : List.of("2026-09-01", "2026-10-01", "2026-11-01");
            for (int i = 0; i < starts.size(); i++) {
                tables.run(
                        "INSERT INTO ohlcv_bars (symbol, timeframe, basis, source, timestamp, open, high, low, close,"
                                + " volume, trade_count, complete, repaired, revision, known_at) VALUES ('BTC', '"
                                + timeframe
                                + "', 'trade', 'exchange', '" + starts.get(i) + " 00:00:00+00', 10, 40, 10, "
                                + (10 << i)
                                + ", 1, 1, true, false, 0, now())");
            }
            assertEquals(
                    Arrays.asList(null, 15.0, 30.0),
                    column("SELECT sma FROM sma('BTC', '" + timeframe + "', n := 2)"),
                    timeframe);
            assertEquals(
                    List.of(30.0),
                    column("SELECT sma FROM sma('BTC', '" + timeframe + "', n := 2, begin_time := '" + starts.get(2)
                            + "')"),
                    timeframe);
            CollectedRows bars = new CollectedRows();
            tables.reading.bars(
                    new BarsAsked("BTC", timeframe, "trade", Optional.empty(), Optional.empty()), ALL, bars);
            assertEquals(
                    starts,
                    bars.rows().stream()
                            .map(row -> row.get(0).toString().substring(0, 10))
                            .toList());
        }
        CollectedRows summary = new CollectedRows();
        tables.reading.query("SELECT return, unproven_buckets FROM summary('BTC', '1M')", ALL, summary);
        assertEquals(List.of(List.of(3.0, 0L)), summary.rows());
    }

    @Test
    void shouldGiveFiftyWhereNothingMoves() throws IOException {
        double[] flat = new double[16];
        Arrays.fill(flat, 5);
        closes(flat);
        assertEquals(50, column("SELECT rsi FROM rsi('BTC', '1m')").get(15));
    }

    @Test
    void shouldAverageExponentiallyAsTheRecursionDoes() throws IOException {
        double[] closes = random();
        for (int n : new int[] {1, 3, 20}) {
            equal(ema(closes, n, n), column("SELECT ema FROM ema('BTC', '1m', n := " + n + ")"), "EMA " + n);
        }
    }

    @Test
    void shouldGiveMacdSeededAtTheSlowAverage() throws IOException {
        double[] closes = random();
        double[] fast = ema(closes, 12, 26);
        double[] slow = ema(closes, 26, 26);
        double[] difference = new double[ROWS];
        Arrays.setAll(difference, i -> fast[i] - slow[i]);
        double[] fromFirst = Arrays.copyOfRange(difference, 25, ROWS);
        double[] late = ema(fromFirst, 9, 9);
        double[] signal = new double[ROWS];
        Arrays.setAll(signal, i -> i < 25 ? Double.NaN : late[i - 25]);
        equal(difference, column("SELECT macd FROM macd('BTC', '1m')"), "MACD");
        List<Double> averaged = column("SELECT signal FROM macd('BTC', '1m')");
        assertNull(averaged.get(32));
        assertNotNull(averaged.get(33), "the signal begins at row 34");
        equal(signal, averaged, "signal");
    }

    @Test
    void shouldGiveTheAverageTrueRange() throws IOException {
        double[] closes = random();
        double[] expected = nothing();
        double average = 0;
        for (int i = 1; i < ROWS; i++) {
            double range = Math.max(
                    3, Math.max(Math.abs(closes[i] + 2 - closes[i - 1]), Math.abs(closes[i] - 1 - closes[i - 1])));
            average = i <= 14 ? average + range / 14 : (average * 13 + range) / 14;
            expected[i] = i >= 14 ? average : Double.NaN;
        }
        List<Double> atr = column("SELECT atr FROM atr('BTC', '1m')");
        equal(expected, atr, "ATR");
        assertNull(atr.get(13));
        assertNotNull(atr.get(14), "the first value stands at row 15");
    }

    @Test
    void shouldGiveWindowsOfTheLastRows() throws IOException {
        double[] closes = random();
        double[] mean = nothing();
        double[] upper = nothing();
        double[] roc = nothing();
        double[] volatility = nothing();
        for (int i = 0; i < ROWS; i++) {
            if (i >= 19) {
                double[] last = Arrays.copyOfRange(closes, i - 19, i + 1);
                mean[i] = Arrays.stream(last).average().orElseThrow();
                upper[i] = mean[i] + 2 * Math.sqrt(squares(last) / 20);
            }
            roc[i] = i >= 10 ? closes[i] / closes[i - 10] - 1 : Double.NaN;
            if (i >= 20) {
                double[] returns = new double[20];
                int end = i;
                Arrays.setAll(returns, k -> Math.log(closes[end - k] / closes[end - k - 1]));
                volatility[i] = Math.sqrt(squares(returns) / 19) * Math.sqrt(31_536_000 / 60.0);
            }
        }
        equal(mean, column("SELECT sma FROM sma('BTC', '1m')"), "SMA");
        equal(upper, column("SELECT upper FROM bollinger('BTC', '1m')"), "Bollinger");
        equal(roc, column("SELECT roc FROM roc('BTC', '1m')"), "ROC");
        equal(volatility, column("SELECT volatility FROM volatility('BTC', '1m')"), "volatility");
    }

    /** By hand: vwaps 101, 103 of volumes 1, 3: 410 / 4 = 102.5; deviation √((1 · 1.5² + 3 · 0.5²) / 4) = √0.75. */
    @Test
    void shouldGiveVwapAndItsBandsFromMidnight() throws IOException {
        tables.bar("12h", -1, 50, 50, 50, 50, 9);
        tables.bar("12h", 0, 101, 102, 100, 101, 1);
        tables.bar("12h", 1, 103, 104, 102, 103, 3);
        String sql = " FROM vwap('BTC', '12h', begin_time := '" + SomeTables.START + "')";
        assertEquals(List.of(101.0, 102.5), column("SELECT vwap" + sql));
        assertEquals(102.5 + Math.sqrt(0.75), column("SELECT upper" + sql).get(1), 1e-12);
    }

    @Test
    void shouldGiveDrawdownAndSummary() throws IOException {
        closes(100, 120, 90, 110);
        equal(
                new double[] {0, 0, -0.25, 110 / 120.0 - 1},
                column("SELECT drawdown FROM drawdown('BTC', '1m')"),
                "drawdown");
        tables.run("INSERT INTO feed_gaps VALUES ('BTC', TIMESTAMPTZ '" + SomeTables.START + "' + INTERVAL 3 MINUTES,"
                + " TIMESTAMPTZ '" + SomeTables.START
                + "' + INTERVAL 10 MINUTES, 'trades', 'lost', 'proven', false, 9)");
        assertEquals(0.1, column("SELECT return FROM summary('BTC', '1m')").get(0), 1e-15);
        assertEquals(4.0, column("SELECT volume FROM summary('BTC', '1m')").get(0));
        assertEquals(
                1.0, column("SELECT gaps::DOUBLE FROM summary('BTC', '1m')").get(0));
        assertEquals(
                60.0, column("SELECT gap_seconds FROM summary('BTC', '1m')").get(0));
        assertEquals(
                0.0,
                column("SELECT gaps::DOUBLE FROM summary('BTC', '1m', end_time := TIMESTAMPTZ '" + SomeTables.START
                                + "' + INTERVAL 3 MINUTES)")
                        .get(0));
    }

    @Test
    void shouldBreakTheWindowAtAMissingOrIncompleteBucket() throws IOException {
        for (int i = 0; i < 12; i++) {
            if (i != 3) {
                tables.bar("1m", i, i, i, i, i, 1, i != 7);
            }
        }
        assertEquals(
                Arrays.asList(null, null, 1.0, null, null, null, 5.0, null, null, null, 9.0, 10.0),
                column("SELECT sma FROM sma('BTC', '1m', n := 3)").stream()
                        .map(value -> value)
                        .toList());
    }

    @Test
    void shouldTakeAnEmptyBucketUnderACompleteLongerBarAsFlat() throws IOException {
        for (int i : new int[] {0, 1, 2, 4}) {
            tables.bar("1m", i, i + 1, i + 1, i + 1, i + 1, 2);
        }
        tables.bar("5m", 0, 1, 5, 1, 5, 8);
        assertEquals(Arrays.asList(null, 1.5, 2.5, 3.0, 4.0), column("SELECT sma FROM sma('BTC', '1m', n := 2)"));
        assertEquals(
                Arrays.asList(null, 2.0, 2.0, 1.0, 1.0),
                column("SELECT volume_sma FROM volume_sma('BTC', '1m', n := 2)"));
    }

    @Test
    void shouldNotDependOnWhereTheRangeBegins() throws IOException {
        random();
        String from = ", begin_time := TIMESTAMPTZ '" + SomeTables.START + "' + INTERVAL 890 MINUTES)";
        for (String one : List.of("ema", "rsi", "atr", "macd", "volatility", "sma", "roc")) {
            List<Double> all = column("SELECT " + one + " FROM " + one + "('BTC', '1m')");
            List<Double> some = column("SELECT " + one + " FROM " + one + "('BTC', '1m'" + from);
            assertEquals(10, some.size(), one);
            for (int i = 0; i < 10; i++) {
                assertEquals(all.get(890 + i), some.get(i), Math.abs(all.get(890 + i)) * 1e-7 + 1e-7, one + " " + i);
            }
        }
    }

    private static double squares(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
    }

    /** Seeded with the mean of the n rows up to this one, counted from 1. */
    private static double[] ema(double[] values, int n, int seedRow) {
        double[] result = new double[values.length];
        Arrays.fill(result, Double.NaN);
        result[seedRow - 1] =
                Arrays.stream(values, seedRow - n, seedRow).average().orElseThrow();
        for (int i = seedRow; i < values.length; i++) {
            result[i] = result[i - 1] + (values[i] - result[i - 1]) * 2 / (n + 1);
        }
        return result;
    }

    private static double[] nothing() {
        double[] values = new double[ROWS];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    /** A walk; each bar's high is 2 above its close and its low 1 below. */
    private double[] random() {
        Random random = new Random(SEED);
        double[] closes = new double[ROWS];
        double price = 1_000;
        for (int i = 0; i < ROWS; i++) {
            price += Math.round(random.nextGaussian() * 400) / 100.0;
            closes[i] = price;
        }
        closes(closes);
        return closes;
    }

    private void closes(double... closes) {
        tables.bars(
                "1m",
                IntStream.range(0, closes.length)
                        .mapToObj(i ->
                                new SomeTables.OneBar(i, closes[i], closes[i] + 2, closes[i] - 1, closes[i], 1, true))
                        .toList());
    }

    private static void equal(double[] expected, List<Double> actual, String what) {
        assertEquals(expected.length, actual.size(), what);
        for (int i = 0; i < expected.length; i++) {
            if (Double.isNaN(expected[i])) {
                assertNull(actual.get(i), what + ", row " + (i + 1));
            } else {
                assertEquals(
                        expected[i],
                        actual.get(i),
                        Math.abs(expected[i]) * 1e-9 + 1e-9,
                        what + ", row " + (i + 1) + ", seed " + SEED);
            }
        }
    }

    private List<Double> column(String sql) throws IOException {
        CollectedRows rows = new CollectedRows();
        tables.reading.query(sql, ALL, rows);
        return rows.rows().stream().map(row -> (Double) row.get(0)).toList();
    }
}
