package dev.millrace.store;

import dev.millrace.lake.Partition;
import dev.millrace.market.Timeframe;
import dev.millrace.tables.Dataset;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.duckdb.DuckDBConnection;

/** What tables and lake together hold of the past, for what is to be made of it without the journal. The owner's thread. */
public final class HeldDays {

    private static final String WITHIN = " WHERE timestamp >= make_timestamptz(?) AND timestamp < make_timestamptz(?)";
    private static final String OWN_BARS = WITHIN + " AND source = 'own' AND basis = 'trade'";

    private final Database tables;

    public HeldDays(Database tables) {
        this.tables = tables;
    }

    /** Days, both inclusive. */
    public record Days(LocalDate first, LocalDate last) {

        /** With another one, before, behind or between. */
        public Days and(LocalDate day) {
            return new Days(day.isBefore(first) ? day : first, day.isAfter(last) ? day : last);
        }

        /** Whether one of these days is in a range, its end exclusive. */
        public boolean meets(LocalDate from, LocalDate to) {
            return !from.isAfter(last) && to.isAfter(first);
        }
    }

    /** A trade as it was stored. */
    @FunctionalInterface
    public interface TickReader {

        /**
         * Takes the next one.
         *
         * @param timeMs exchange time
         * @param buy whether the aggressor bought
         * @param sequence the journal's record that brought it
         */
        void onTick(long timeMs, double price, double size, boolean buy, long receivedNs, long sequence);
    }

    /** A stretch of exchange time, {@code [fromMs, toMs)}. */
    public record Stretch(long fromMs, long toMs) {}

    /** From the first to the last day of which there are rows; empty when there are none. */
    public Optional<Days> days() {
        List<String> ends = new ArrayList<>();
        for (Dataset dataset : StagedTable.datasets()) {
            StagedTable table = StagedTable.of(dataset);
            ends.add("SELECT min(" + table.time() + ")::DATE AS first, max(" + table.time()
                    + ")::DATE AS last FROM main." + table.sqlName());
        }
        ends.add("SELECT min(date), max(date) FROM partitions WHERE side = 'lake'");
        return read(() -> {
            try (Statement statement = tables.owner().createStatement();
                    ResultSet row = statement.executeQuery(
                            "SELECT min(first), max(last) FROM (" + String.join(" UNION ALL ", ends) + ")")) {
                row.next();
                LocalDate first = row.getObject(1, LocalDate.class);
                return first == null
                        ? Optional.empty()
                        : Optional.of(new Days(first, row.getObject(2, LocalDate.class)));
            }
        });
    }

    /** The days of which there are rows. */
    public SortedSet<LocalDate> each() {
        return read(() -> {
            SortedSet<LocalDate> days = StagedTable.days(tables.owner());
            try (Statement statement = tables.owner().createStatement();
                    ResultSet rows = statement.executeQuery("SELECT DISTINCT date FROM partitions")) {
                while (rows.next()) {
                    days.add(rows.getObject(1, LocalDate.class));
                }
            }
            return days;
        });
    }

    /** Partitions of ticks and bars that are read from their files, of days from one up to but without another. */
    public List<Partition> files(LocalDate from, LocalDate to) {
        return read(() -> {
            List<Partition> files = new ArrayList<>();
            try (PreparedStatement select = tables.owner()
                    .prepareStatement("SELECT dataset, symbol, date FROM partitions WHERE side = 'lake'"
                            + " AND dataset IN ('tick_data', 'ohlcv') AND date >= ? AND date < ? ORDER BY ALL")) {
                select.setObject(1, from);
                select.setObject(2, to);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        Dataset dataset = Dataset.of(row.getString(1)).orElseThrow();
                        files.add(new Partition(dataset, row.getString(2), row.getObject(3, LocalDate.class)));
                    }
                }
            }
            return files;
        });
    }

    /** Symbols of which there are ticks on a day. */
    public List<String> symbols(LocalDate day) {
        return texts("SELECT DISTINCT symbol FROM ticks" + WITHIN + " ORDER BY 1", day);
    }

    /** Lengths of our own bars of trades of a day, but those of a second. */
    public List<String> timeframes(LocalDate day) {
        return texts("SELECT DISTINCT timeframe FROM all_bars" + OWN_BARS + " ORDER BY 1", day);
    }

    private List<String> texts(String sql, LocalDate day) {
        return read(() -> {
            List<String> texts = new ArrayList<>();
            try (PreparedStatement select = prepare(sql, millis(day), millis(day.plusDays(1)));
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
            return texts;
        });
    }

    /** The ticks of a symbol by (exchange time, record, trade id). */
    public void ticks(String symbol, long fromMs, long toMs, TickReader reader) {
        read(() -> {
            try (DuckDBConnection streaming = tables.connectStreaming();
                    PreparedStatement select = streaming.prepareStatement(
                            "SELECT epoch_ms(timestamp), price, volume, side = 'buy', received_ns, journal_seq FROM ticks"
                                    + WITHIN + " AND symbol = ? ORDER BY timestamp, journal_seq, trade_id")) {
                streaming.setAutoCommit(false);
                bind(select, fromMs, toMs);
                select.setString(3, symbol);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        reader.onTick(
                                row.getLong(1),
                                row.getDouble(2),
                                row.getDouble(3),
                                row.getBoolean(4),
                                row.getLong(5),
                                row.getLong(6));
                    }
                }
                Session.requireWhole(streaming);
            }
            return null;
        });
    }

    /** Stretches in which the trades of a symbol are proven whole by bars that are complete, ascending, none touching. */
    public List<Stretch> whole(String symbol, long fromMs, long toMs) {
        return read(() -> {
            List<Stretch> stretches = new ArrayList<>();
            try (PreparedStatement select = prepare(
                    "SELECT epoch_ms(timestamp), timeframe FROM all_bars" + OWN_BARS
                            + " AND complete AND symbol = ? ORDER BY 1",
                    fromMs,
                    toMs)) {
                select.setString(3, symbol);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        long startMs = row.getLong(1);
                        join(stretches, startMs, startMs + millis(row.getString(2)));
                    }
                }
            }
            return stretches;
        });
    }

    private static void join(List<Stretch> stretches, long fromMs, long toMs) {
        int last = stretches.size() - 1;
        if (last >= 0 && stretches.get(last).toMs() >= fromMs) {
            Stretch before = stretches.get(last);
            stretches.set(last, new Stretch(before.fromMs(), Math.max(before.toMs(), toMs)));
        } else {
            stretches.add(new Stretch(fromMs, toMs));
        }
    }

    private static long millis(String timeframe) {
        return Timeframe.parse(timeframe).millis();
    }

    private static long millis(LocalDate day) {
        return Instant.parse(day + "T00:00:00Z").toEpochMilli();
    }

    private PreparedStatement prepare(String sql, long fromMs, long toMs) throws SQLException {
        PreparedStatement select = tables.owner().prepareStatement(sql);
        bind(select, fromMs, toMs);
        return select;
    }

    private static void bind(PreparedStatement select, long fromMs, long toMs) throws SQLException {
        select.setLong(1, fromMs * 1_000);
        select.setLong(2, toMs * 1_000);
    }

    @FunctionalInterface
    private interface Read<T> {
        T run() throws SQLException;
    }

    private <T> T read(Read<T> read) {
        try {
            return read.run();
        } catch (SQLException e) {
            throw new StoreException("cannot read " + tables.file() + ": " + Database.firstLine(e), e);
        }
    }
}
