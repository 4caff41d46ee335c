package dev.millrace.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.ConfigLoader;
import dev.millrace.config.EngineConfig;
import dev.millrace.market.Timeframe;
import dev.millrace.ops.EngineVersion;
import dev.millrace.quality.Evidence;
import dev.millrace.quality.QualityTables;
import dev.millrace.quality.SymbolDay;
import dev.millrace.store.Database;
import dev.millrace.store.DuckRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code quality} and {@code gaps}, of tables whose rows are made here: two whole days of minutes, and what is done to them. */
class QualityCommandTest {

    private static final String VALUES = "10, 12, 9, 11, 1.5, 15.75, 10.5, 1, 4, NULL, timestamp, timestamp";

    @TempDir
    Path folder;

    private Path database;
    private String revisionWindow = "0 s";

    @BeforeEach
    void fill() throws SQLException {
        open().close();
        sql("INSERT INTO ohlcv_bars SELECT 'BTC', '1m', 'trade', 'own', timestamp, " + VALUES
                + ", true, false, 0, timestamp, 100 + epoch_ms(timestamp) // 60000 % 2880 FROM (SELECT"
                + " unnest(generate_series(TIMESTAMPTZ '2026-11-20 00:00:00Z', TIMESTAMPTZ '2026-11-21 23:59:00Z',"
                + " INTERVAL 1 MINUTE)) AS timestamp)");
        sql("INSERT INTO instruments (symbol, known_at, size_decimals, spot, delisted, received_ns, journal_seq)"
                + " VALUES ('BTC', TIMESTAMPTZ '2026-11-01 00:00:00Z', 2, false, false, 0, 1)");
    }

    @Test
    void shouldShowACalendarAndTheParts() throws SQLException {
        CommandRun calendar = run("quality", "show");
        assertEquals(0, calendar.code(), calendar.err());
        List<String> lines = calendar.out().lines().toList();
        assertEquals("quality of 1m, 2026-11-15 to 2026-11-21", lines.get(0));
        assertEquals("BTC           -        -        -        -        -        a 1.000  a 1.000", lines.get(2));
        assertTrue(lines.stream().allMatch(line -> line.length() <= 80), calendar.out());
        delete("2026-11-21 10:00:00Z", "2026-11-21 12:24:00Z");
        sql(
                "INSERT INTO feed_gaps VALUES ('BTC', TIMESTAMPTZ '2026-11-21 10:00:00Z', TIMESTAMPTZ '2026-11-21 12:24:00Z',"
                        + " 'trades', 'disconnect', 'unproven', false, 9)");
        assertTrue(run("quality", "show").out().contains("a 1.000  d 0.900"));
        List<String> parts = run("quality", "show", "BTC").out().lines().toList();
        assertEquals(
                "2026-11-21  1m   degraded  0.90000 0.90000  0.000 1.00000 1.00000 8640   0         8640     0      "
                        + "digest only, not compared",
                parts.get(2));
        assertTrue(
                parts.get(3)
                        .matches("1m is not ready: a gap of 8,640 s is longer than 5 bars;"
                                + " the newest closed bar is [0-9,]+ s old, more than 2 bars"),
                parts.get(3));
        CommandRun gaps = run("gaps", "BTC", "--from", "2026-11-21", "--format", "csv");
        assertEquals(
                "BTC,trades,2026-11-21T10:00:00Z,2026-11-21T12:24:00Z,8640000,disconnect,unproven,false,",
                gaps.out().lines().skip(1).findFirst().orElseThrow(),
                gaps.err());
        List<String> month =
                run("quality", "show", "--from", "2026-11-01").out().lines().toList();
        assertEquals("BTC           " + " ".repeat(19) + "ad", month.get(1));
    }

    /** Three minutes of the one day and four of the other, neither more than five bars. */
    @Test
    void shouldCountAGapOverMidnightAsOne() throws SQLException {
        delete("2026-11-20 23:57:00Z", "2026-11-21 00:04:00Z");
        List<String> parts = run("quality", "show", "BTC").out().lines().toList();
        assertTrue(parts.get(1).matches("2026-11-20 .* 180 +0 +180 .*"), parts.get(1));
        assertTrue(parts.get(2).matches("2026-11-21 .* 240 +0 +240 .*"), parts.get(2));
        assertTrue(parts.get(3).contains(": a gap of 420 s is longer than 5 bars;"), parts.get(3));
    }

    /** 10 h, a day, and 14 h. */
    @Test
    void shouldCountADayWithoutABarIntoTheWindow() throws SQLException {
        delete("2026-11-20 14:00:00Z", "2026-11-21 14:00:00Z");
        sql("UPDATE ohlcv_bars SET timestamp = timestamp + INTERVAL 1 DAY WHERE timestamp >= '2026-11-21 00:00:00Z'");
        List<String> parts = run("quality", "show", "BTC").out().lines().toList();
        assertEquals("2026-11-21  nothing", parts.get(2));
        assertTrue(parts.get(4).contains("quality 0.3333 is below 0.95"), parts.get(4));
        assertTrue(parts.get(4).contains("a gap of 172,800 s is longer than 5 bars"), parts.get(4));
    }

    /** A hundred trades at 100 in the evening before, then of the day's one 5.13 % off, and one 5.12 %. */
    @Test
    void shouldCountSpikesOfTheDayByTheTradesBeforeThem() throws SQLException {
        sql(
                "INSERT INTO tick_data SELECT 'BTC', TIMESTAMPTZ '2026-11-20 23:00:00Z' + to_seconds(i), i, 'buy', 100, 1, 0, 40 + i"
                        + " FROM range(100) AS trades(i)");
        tick("00:00:10", 105.13, 141);
        tick("00:00:11", 105.12, 142);
        tick("00:00:12", 100, 143);
        List<String> parts = run("quality", "show", "BTC").out().lines().toList();
        assertTrue(parts.get(1).matches("2026-11-20 .* 0 +0 +0 +0 +digest only.*"), parts.get(1));
        assertTrue(parts.get(2).matches("2026-11-21 .* 0 +0 +0 +1 +digest only.*"), parts.get(2));
        assertEquals(0, run("quality", "certify").code());
        String text = certificate("2026-11-21");
        assertTrue(text.contains("\nspikes = 1\n"), text);
        assertTrue(certificate("2026-11-20").contains("\nspikes = 0\n"));
    }

    /** The journal's beginning is long gone: what only it tells is not told, the rest is. */
    @Test
    void shouldShowWhatStandsBesideQuality() throws Exception {
        sql(
                "INSERT INTO tick_data SELECT 'BTC', TIMESTAMPTZ '2026-11-21 00:00:00Z' + to_seconds(i * 12), i, 'buy', 100, 1, 0, 40 + i"
                        + " FROM range(7200) AS trades(i)"); // the day's bars count 1,440 x 4 = 5,760
        assertTrue(run("quality", "show", "BTC").out().contains("2026-11-21  no certificate yet"));
        assertEquals(0, run("quality", "certify").code());
        String text = certificate("2026-11-21");
        assertTrue(text.contains("\ntrades = 7200\nlate_share = 0.2\nown_rows = "), text);
        assertTrue(certificate("2026-11-20").contains("\ntrades = 0\nlate_share = \n"));
        List<String> lines = run("quality", "show", "BTC").out().lines().toList();
        assertEquals("2026-11-20  0         -      -           - -                -", lines.get(lines.size() - 2));
        assertEquals("2026-11-21  7200      -      0.200000    - -                -", lines.get(lines.size() - 1));
        assertEquals(0, run("quality", "verify").code());
    }

    /** As they were before what stands beside quality was in them. */
    @Test
    void shouldReadCertificatesOfBefore() throws Exception {
        run("quality", "certify");
        String text = certificate("2026-11-20");
        String before = text.substring(0, text.indexOf("sha256 = ")).replaceAll("(trades|late_share) = .*\n", "");
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(before.getBytes(StandardCharsets.UTF_8));
        Files.writeString(
                folder.resolve("data/lake/_certificates/symbol=BTC/date=2026-11-20/1m.txt"),
                before + "sha256 = " + HexFormat.of().formatHex(sum) + "\n");
        CommandRun verify = run("quality", "verify");
        assertEquals(0, verify.code(), verify.err());
        assertTrue(verify.out().startsWith("sound: 2 certificates, 0 problems"), verify.out());
        List<String> lines = run("quality", "show", "BTC").out().lines().toList();
        assertEquals(
                "2026-11-20  written before this was told; millrace quality certify writes it anew",
                lines.get(lines.size() - 2));
    }

    /** Tables that were made anew find the first half of the day in the lake, and have none of it themselves yet. */
    @Test
    void shouldNotTakeThePartOfADayInTheLakeForTheWhole() throws Exception {
        delete("2026-11-21 12:00:00Z", "2026-11-22 00:00:00Z");
        Path partition = folder.resolve("data/lake/ohlcv/symbol=BTC/date=2026-11-21");
        Files.createDirectories(partition);
        sql("COPY (SELECT *, DATE '2026-11-21' AS date FROM ohlcv_bars WHERE timestamp >= '2026-11-21 00:00:00Z') TO '"
                + partition.resolve("ohlcv.parquet") + "' (FORMAT parquet)");
        delete("2026-11-21 00:00:00Z", "2026-11-22 00:00:00Z");
        sql("INSERT INTO partitions VALUES ('ohlcv', 'BTC', DATE '2026-11-21', 'lake', 1, 9999, 720, '')");
        sql("UPDATE position SET committed_sequence = 9999");
        open().close(); // with views of the lake
        CommandRun certify = run("quality", "certify");
        assertEquals(
                "certified: 1 of days that are over",
                certify.out().lines().findFirst().orElse(""),
                certify.err());
        assertTrue(certify.out().contains("not certified: 2026-11-21, "), certify.out());
    }

    private void tick(String time, double price, long sequence) throws SQLException {
        sql("INSERT INTO tick_data VALUES ('BTC', TIMESTAMPTZ '2026-11-21 " + time + "Z', " + sequence + ", 'buy', "
                + price + ", 1, 0, " + sequence + ")");
    }

    private String certificate(String date) {
        Path file = folder.resolve("data/lake/_certificates/symbol=BTC/date=" + date + "/1m.txt");
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The day's first bar was closed by record 1540, which came behind its first trade, of record 40. */
    @Test
    void shouldJudgeEvidenceByTheFirstTrade() throws Exception {
        sql("INSERT INTO tick_data VALUES ('BTC', TIMESTAMPTZ '2026-11-20 00:00:01Z', 1, 'buy', 10, 1, 0, 40)");
        run("quality", "certify");
        assertTrue(certificate("2026-11-20").contains("\njournal_from = 40\n"));
        assertTrue(certificate("2026-11-21").contains("\njournal_from = 100\n"), "no trade of it is known");
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:" + database)) {
            QualityTables tables =
                    new QualityTables((question, row) -> DuckRows.each(duck, question, row), Duration.ZERO);
            Timeframe minute = Timeframe.parse("1m");
            SymbolDay day = tables.day("BTC", LocalDate.parse("2026-11-20"), Long.MAX_VALUE);
            OptionalLong first = tables.trades("BTC", day.date()).firstRecord();
            assertEquals(Evidence.JOURNAL, day.evidence(minute, first, 40));
            assertEquals(Evidence.DIGEST_ONLY, day.evidence(minute, first, 41));
            SymbolDay unknown = tables.day("BTC", LocalDate.parse("2026-11-21"), Long.MAX_VALUE);
            first = tables.trades("BTC", unknown.date()).firstRecord();
            assertEquals(Evidence.DIGEST_ONLY, unknown.evidence(minute, first, 1));
        }
    }

    /** The tables reach to the very end of the second day; its bars may change for ten minutes more. */
    @Test
    void shouldCertifyNothingThatMayStillBeRevised() throws SQLException {
        revisionWindow = "10 m";
        CommandRun early = run("quality", "certify");
        assertEquals(
                List.of(
                        "certified: 1 of days that are over",
                        "not certified: 2026-11-21, whose bars may change until 2026-11-22T00:10:00Z of the venue's time"),
                early.out().lines().toList(),
                early.err());
        assertTrue(run("quality", "show").out().contains("a 1.000  p 1.000"));
        sql("INSERT INTO ohlcv_bars SELECT * REPLACE (timestamp + INTERVAL 10 MINUTE AS timestamp) FROM ohlcv_bars"
                + " WHERE timestamp = '2026-11-21 23:59:00Z'");
        List<String> late = run("quality", "certify").out().lines().toList();
        assertEquals("certified: 2 of days that are over", late.get(0));
        assertTrue(late.get(1).startsWith("not certified: 2026-11-22, "), late.get(1));
    }

    @Test
    void shouldNotCallADayGoodOfBarsThatNobodyMakes() {
        CommandRun absent = run("quality", "show", "--timeframe", "10m");
        assertEquals(2, absent.code());
        assertEquals(
                "there are no bars of 10m in these days; there are some of 1m",
                absent.errLines().get(0).replaceFirst("^[a-z ]*: ", ""));
    }

    /** Filled by candles, cleared, and filled in part: what each is repaired of. */
    @Test
    void shouldSayOfWhichRowsAGapIsRepaired() throws SQLException {
        gap("10:00:30", "10:03:10", "unproven", false);
        gap("10:00:30", "10:03:10", "unproven", true);
        gap("11:00:30", "11:00:50", "disproven", true);
        gap("12:00:00", "12:04:00", "proven", false);
        candles("'1m'", "10:00:00", "10:03:00", 1, true);
        candles("'5m'", "10:00:00", "10:00:00", 5, true);
        candles("'1m'", "11:00:00", "11:00:00", 1, true);
        candles("'1m'", "12:00:00", "12:02:00", 1, true);
        candles("'1m'", "12:03:00", "12:03:00", 1, false);
        List<String> rows = run("gaps", "BTC", "--format", "csv").out().lines().toList();
        assertEquals("symbol,stream,from_time,to_time,ms,cause,evidence,repaired,rows", rows.get(0));
        assertEquals(
                List.of(
                        "BTC,trades,2026-11-21T10:00:30Z,2026-11-21T10:03:10Z,160000,mute,unproven,true,1m 4/4 5m 1/1",
                        "BTC,trades,2026-11-21T11:00:30Z,2026-11-21T11:00:50Z,20000,mute,disproven,true,trades",
                        "BTC,trades,2026-11-21T12:00:00Z,2026-11-21T12:04:00Z,240000,mute,proven,false,1m 3/4"),
                rows.subList(1, rows.size()));
    }

    private void gap(String from, String to, String evidence, boolean repaired) throws SQLException {
        sql("INSERT INTO feed_gaps VALUES ('BTC', TIMESTAMPTZ '2026-11-21 " + from + "Z', TIMESTAMPTZ '2026-11-21 " + to
                + "Z', 'trades', 'mute', '" + evidence + "', " + repaired
                + ", (SELECT 1 + count(*) FROM feed_gaps))");
    }

    private void candles(String timeframe, String from, String to, int minutes, boolean repaired) throws SQLException {
        sql("INSERT INTO ohlcv_bars SELECT 'BTC', " + timeframe
                + ", 'trade', 'exchange', timestamp, 10, 12, 9, 11, 1.5,"
                + " NULL, NULL, NULL, 4, NULL, NULL, NULL, true, " + repaired + ", 0, timestamp, 5000 FROM (SELECT"
                + " unnest(generate_series(TIMESTAMPTZ '2026-11-21 " + from + "Z', TIMESTAMPTZ '2026-11-21 " + to
                + "Z', INTERVAL " + minutes + " MINUTE)) AS timestamp)");
    }

    @Test
    void shouldExpectNothingBeforeAListing() throws SQLException {
        sql("INSERT INTO instruments (symbol, known_at, size_decimals, spot, delisted, received_ns, journal_seq)"
                + " VALUES ('NEW', TIMESTAMPTZ '2026-11-21 12:00:00Z', 2, false, false, 0, 2)");
        sql("INSERT INTO ohlcv_bars SELECT * REPLACE ('NEW' AS symbol) FROM ohlcv_bars"
                + " WHERE timestamp >= '2026-11-21 12:00:00Z'");
        List<String> parts = run("quality", "show", "NEW").out().lines().toList();
        assertTrue(parts.get(1).startsWith("2026-11-21  1m   available 1.00000 1.00000"), parts.get(1));
    }

    @Test
    void shouldNamePlantedDifferences() throws SQLException {
        sql(
                "INSERT INTO ohlcv_bars SELECT symbol, timeframe, basis, 'exchange', timestamp, open, high, low, close, volume,"
                        + " NULL, NULL, NULL, trade_count, NULL, NULL, NULL, true, false, 0,"
                        + " TIMESTAMPTZ '2026-11-22 00:00:05Z', 5000 FROM ohlcv_bars WHERE timestamp >= '2026-11-21 00:00:00Z'");
        CommandRun clean = run("quality", "--candles", "--from", "2026-11-21");
        assertEquals("BTC 2026-11-21  compared 1,440, exact 1,440\n", clean.out(), clean.err());
        plant("01", "trade_count = 5");
        plant("02", "volume = 1.56");
        plant("03", "high = 13");
        plant("04", "open = 10.5");
        sql("DELETE FROM ohlcv_bars WHERE source = 'exchange' AND timestamp = '2026-11-21 00:05:00Z'");
        sql("DELETE FROM ohlcv_bars WHERE source = 'own' AND timestamp = '2026-11-21 00:06:00Z'");
        sql("INSERT INTO bar_revisions SELECT * REPLACE (99 AS trade_count) FROM ohlcv_bars WHERE source = 'exchange'"
                + " AND timestamp = '2026-11-21 00:07:00Z'");
        for (String at : List.of("00:05", "02:10")) {
            sql("INSERT INTO collected VALUES ('BTC', '1m', '2026-11-21 00:00:00Z', '2026-11-22 00:00:00Z', 1440,"
                    + " epoch_ns(TIMESTAMPTZ '2026-11-22 00:" + at + "Z'), 5000)");
        }
        List<String> lines = run("quality", "--candles", "--from", "2026-11-21")
                .out()
                .lines()
                .toList();
        assertEquals(
                "BTC 2026-11-21  compared 1,440, exact 1,433, settled late 1, count 1, volume 1, high/low 1,"
                        + " open/close tie 1, missing ours 1, missing theirs 1",
                lines.get(0));
        assertEquals(7, lines.size());
        assertEquals(
                "  2026-11-21T00:01:00Z  count           ours o 10.0 h 12.0 l 9.0 c 11.0 v 1.5 n 4"
                        + "  theirs o 10.0 h 12.0 l 9.0 c 11.0 v 1.5 n 5",
                lines.get(1));
        assertTrue(run("quality", "show").out().contains("a 1.000  a 0.995"));
    }

    @Test
    void shouldNameWhatWasTamperedWith() throws Exception {
        CommandRun certify = run("quality", "certify");
        assertEquals("certified: 2 of days that are over\n", certify.out(), certify.err());
        Path first = folder.resolve("data/lake/_certificates/symbol=BTC/date=2026-11-20/1m.txt");
        String text = Files.readString(first);
        assertEquals(
                "certified: 2 of days that are over\n",
                run("quality", "certify").out());
        assertEquals(text, Files.readString(first));
        CommandRun sound = run("quality", "verify");
        assertEquals(0, sound.code(), sound.err());
        assertEquals("sound: 2 certificates, 0 problems\nevidence left: digest only 2\n", sound.out());
        sql("UPDATE ohlcv_bars SET volume = 1.6 WHERE timestamp = '2026-11-21 12:00:00Z'");
        Files.writeString(first, text.replace("state = available", "state = degraded"));
        CommandRun tampered = run("quality", "verify");
        assertEquals(3, tampered.code(), tampered.out());
        assertEquals(2, tampered.errLines().size());
        assertTrue(tampered.errLines().get(0).startsWith(first + ": its text is not what was written"), tampered.err());
        assertTrue(
                tampered.errLines()
                        .get(1)
                        .contains("date=2026-11-21/1m.txt: its 1440 rows are not those of now (1440)"),
                tampered.err());
        assertTrue(text.contains("journal_from = "), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quality",
                "quality BTC",
                "quality show ETH",
                "quality show --from 2026-11-22 --to 2026-11-21",
                "quality show --timeframe 7x",
                "quality show --timeframe 7d",
                "quality show --timeframe 1w",
                "quality show BTC --timeframe 60m",
                "quality --from 2026-11-21 show",
                "quality --candles show",
                "quality BTC verify",
                "gaps --from yesterday",
            })
    void shouldRefuseInOneLine(String line) {
        CommandRun run = run(line.split(" ", -1));
        assertEquals(2, run.code(), run.err());
        assertEquals(1, run.errLines().size(), run.err());
    }

    private void plant(String minute, String change) throws SQLException {
        sql("UPDATE ohlcv_bars SET " + change + " WHERE source = 'exchange' AND timestamp = '2026-11-21 00:" + minute
                + ":00Z'");
    }

    private void delete(String from, String to) throws SQLException {
        sql("DELETE FROM ohlcv_bars WHERE timestamp >= '" + from + "' AND timestamp < '" + to + "'");
    }

    private void sql(String text) throws SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:" + database);
                Statement statement = duck.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute(text);
        }
    }

    private Database open() {
        EngineConfig config = new ConfigLoader(Map.of(), 2)
                .load(List.of(), List.of(settings()))
                .engine();
        database = config.data().database();
        return Database.open(
                database, config.data().lake(), config.data().spill(), config.store(), EngineVersion.text());
    }

    private String settings() {
        return "data.dir=" + folder.resolve("data");
    }

    private CommandRun run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        if (args.length > 1 || args[0].equals("gaps")) {
            all.addAll(List.of("--set", settings(), "--set", "bars.revision-window=" + revisionWindow));
        }
        return CommandRun.of(all.toArray(String[]::new));
    }
}
