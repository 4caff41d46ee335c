package dev.millrace.quality;

import dev.millrace.market.Decimals;
import dev.millrace.market.SpikeWindow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what quality is computed of. For one thread. */
public final class QualityTables {

    private static final long DAY_MS = 86_400_000;
    private static final long MINUTE_MS = 60_000;
    private static final int UNKNOWN_DECIMALS = 8;

    private final Asking tables;
    private final BarColumns columns = new BarColumns();
    private final long revisableMs;

    /** @param revisionWindow how long behind its end a bar may still change: {@code bars.revision-window} */
    public QualityTables(Asking tables, Duration revisionWindow) {
        this.tables = tables;
        revisableMs = revisionWindow.toMillis();
    }

    /**
     * Up to when bars have closed, venue's time, ms since 1970: by those in the tables, or of the lake's newest day where that
     * is later; where there are none, by the last record's time of receipt. 0 where nothing was ever recorded.
     */
    public long asOfMs() throws IOException {
        List<Object> reached = new ArrayList<>();
        tables.ask(sql("as-of", Map.of()), reached::addAll);
        long inTablesMs = whole(reached.get(0));
        if (reached.get(1) == null) {
            return reached.get(0) == null ? whole(reached.get(2)) : inTablesMs;
        }
        LocalDate inLake = LocalDate.ofEpochDay(whole(reached.get(1)) / DAY_MS);
        if (inTablesMs >= (inLake.toEpochDay() + 1) * DAY_MS) {
            return inTablesMs;
        }
        long[] inLakeMs = {0};
        tables.ask(sql("closed", range(inLake, inLake.plusDays(1))), row -> inLakeMs[0] = whole(row.get(0)));
        return Math.max(inTablesMs, inLakeMs[0]);
    }

    /**
     * Days of which there may be bars of our own, ascending.
     *
     * @param to exclusive
     */
    public List<LocalDate> days(LocalDate to) throws IOException {
        List<LocalDate> days = new ArrayList<>();
        tables.ask(
                sql("days", range(LocalDate.EPOCH, to)),
                row -> days.add(LocalDate.ofEpochDay(whole(row.get(0)) / DAY_MS)));
        return days;
    }

    /**
     * Whose bars there are, and the day of the first.
     *
     * @param to exclusive
     */
    public SortedMap<String, LocalDate> symbols(LocalDate from, LocalDate to) throws IOException {
        SortedMap<String, LocalDate> symbols = new TreeMap<>();
        tables.ask(
                sql("symbols", range(from, to)),
                row -> symbols.put((String) row.get(0), LocalDate.ofEpochDay(whole(row.get(1)) / DAY_MS)));
        return symbols;
    }

    /** Of which symbols there are bars of our own on a day, and their timeframes up to a day. */
    SortedMap<String, List<String>> ownOf(LocalDate date) throws IOException {
        SortedMap<String, List<String>> own = new TreeMap<>();
        tables.ask(
                sql("own-of", range(date, date.plusDays(1))),
                row -> own.computeIfAbsent((String) row.get(0), symbol -> new ArrayList<>())
                        .add((String) row.get(1)));
        return own;
    }

    private static Map<String, String> range(LocalDate from, LocalDate to) {
        return Map.of("from", from.toEpochDay() * DAY_MS + "", "to", to.toEpochDay() * DAY_MS + "");
    }

    /**
     * What there is of one day.
     *
     * @param asOfMs up to when bars have closed
     */
    public SymbolDay day(String symbol, LocalDate date, long asOfMs) throws IOException {
        long fromMs = date.toEpochDay() * DAY_MS;
        Map<String, String> words = words(symbol, date);
        List<DayBar> own = new ArrayList<>();
        List<DayBar> candles = new ArrayList<>();
        Map<String, Provenance.Builder> made = new HashMap<>();
        tables.ask(sql("bars", words), values -> {
            var row = columns.row(date, values);
            if (BarColumns.isOwn(row)) {
                own.add(BarColumns.bar(row, values));
                made.computeIfAbsent(BarColumns.timeframe(row), timeframe -> new Provenance.Builder(symbol, date))
                        .add(row);
            } else if (BarColumns.isExchange(row)) {
                candles.add(BarColumns.bar(row, values));
            }
        });
        List<DayBar> earlier = new ArrayList<>();
        tables.ask(
                sql("earlier-candles", words),
                values -> earlier.add(BarColumns.bar(columns.row(date, values), values)));
        Listing listing = listing(words);
        DayRows rows = new DayRows(
                expected(Math.max(fromMs, listing.fromMs), fromMs + DAY_MS, Math.min(asOfMs, listing.untilMs)),
                asOfMs - revisableMs >= fromMs + DAY_MS,
                own,
                candles,
                earlier,
                stretches("open-gaps", words),
                stretches("cleared-gaps", words),
                stretches("reads", words),
                listing.sizeDecimals);
        Map<String, Provenance> provenance = new HashMap<>();
        made.forEach((timeframe, builder) -> provenance.put(timeframe, builder.build()));
        return new SymbolDay(symbol, date, rows, provenance);
    }

    private static Map<String, String> words(String symbol, LocalDate date) {
        long fromMs = date.toEpochDay() * DAY_MS;
        return Map.of(
                "symbol", "'" + symbol.replace("'", "''") + "'",
                "from", fromMs + "",
                "to", fromMs + DAY_MS + "",
                "before", SpikeWindow.TRADES + "",
                "columns", BarColumns.sql());
    }

    /** What its trades tell of a day. */
    public DayTrades trades(String symbol, LocalDate date) throws IOException {
        OptionalLong[] first = {OptionalLong.empty()};
        long[] trades = {0};
        tables.ask(sql("first-record", words(symbol, date)), row -> {
            first[0] = orNone(row.get(0));
            trades[0] = whole(row.get(1));
        });
        return new DayTrades(first[0], trades[0], spikes(symbol, date));
    }

    /** The first record of the journal that brought a trade of the day; empty where none is kept. */
    OptionalLong firstRecord(String symbol, LocalDate date) throws IOException {
        OptionalLong[] first = {OptionalLong.empty()};
        tables.ask(sql("first-record", words(symbol, date)), row -> first[0] = orNone(row.get(0)));
        return first[0];
    }

    /** The same, of a trade of any symbol. */
    OptionalLong firstRecord(LocalDate date) throws IOException {
        OptionalLong[] first = {OptionalLong.empty()};
        tables.ask(sql("first-of-all", range(date, date.plusDays(1))), row -> first[0] = orNone(row.get(0)));
        return first[0];
    }

    private static OptionalLong orNone(Object value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(whole(value));
    }

    /** In the order of their time: each by those before it, those of the day before included. */
    private long spikes(String symbol, LocalDate date) throws IOException {
        Map<String, String> words = words(symbol, date);
        boolean[] possible = {false};
        tables.ask(
                sql("price-range", words),
                row -> possible[0] =
                        row.get(0) != null && SpikeWindow.isPossible(number(row.get(0)), number(row.get(1))));
        long[] spikes = {0};
        if (possible[0]) {
            SpikeWindow window = new SpikeWindow();
            tables.ask(sql("prices", words), row -> {
                boolean spike = window.add(Math.round(number(row.get(0)) * Decimals.ONE));
                spikes[0] += spike && (Boolean) row.get(1) ? 1 : 0;
            });
        }
        return spikes[0];
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    /** Whole minutes; none where the end lies before the beginning. */
    private static Stretch expected(long fromMs, long dayEndMs, long untilMs) {
        long firstMs = Math.min(dayEndMs, fromMs + Math.floorMod(-fromMs, MINUTE_MS));
        long toMs = Math.max(firstMs, Math.min(dayEndMs, untilMs));
        return new Stretch(firstMs, toMs - Math.floorMod(toMs, MINUTE_MS), 0);
    }

    private List<Stretch> stretches(String question, Map<String, String> words) throws IOException {
        List<Stretch> stretches = new ArrayList<>();
        tables.ask(
                sql(question, words),
                row -> stretches.add(new Stretch(whole(row.get(0)), whole(row.get(1)), whole(row.get(2)))));
        return stretches;
    }

    /** What the venue said of an instrument last, and when it was listed, where that was seen. */
    private static final class Listing {

        private int sizeDecimals = UNKNOWN_DECIMALS;
        private long fromMs;
        private long untilMs = Long.MAX_VALUE;
        private boolean seen;

        void add(List<Object> row) {
            if (!seen) {
                boolean listedMeanwhile = whole(row.get(2)) >= whole(row.get(3)) + MINUTE_MS;
                fromMs = listedMeanwhile ? whole(row.get(2)) : 0;
                seen = true;
            }
            sizeDecimals = (int) whole(row.get(0));
            boolean delisted = (Boolean) row.get(1);
            untilMs = delisted ? Math.min(untilMs, whole(row.get(2))) : Long.MAX_VALUE;
        }
    }

    private Listing listing(Map<String, String> words) throws IOException {
        Listing listing = new Listing();
        tables.ask(sql("listing", words), listing::add);
        return listing;
    }

    private static long whole(Object value) {
        return value == null ? 0 : ((Number) value).longValue();
    }

    private static String sql(String name, Map<String, String> words) {
        String resource = name + ".sql";
        try (InputStream in = QualityTables.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its resource " + resource);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> word : words.entrySet()) {
                text = text.replace("{" + word.getKey() + "}", word.getValue());
            }
            return text;
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the program's resource " + resource, e);
        }
    }
}
