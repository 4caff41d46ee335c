package dev.millrace;

import dev.millrace.market.Bar;
import dev.millrace.market.Decimals;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Bars by SQL over files of trades: nothing of the engine but the text of decimals. */
final class SqlBars implements AutoCloseable {

    /** Timeframes as the engine and as SQL write them. */
    private static final Map<String, String> TIMEFRAMES = Map.of(
            "1s", "1 second",
            "1m", "1 minute",
            "5m", "5 minutes",
            "15m", "15 minutes",
            "1h", "1 hour",
            "4h", "4 hours",
            "1d", "1 day");

    private final Connection database;

    SqlBars() throws SQLException {
        database = DriverManager.getConnection("jdbc:duckdb:");
        run("SET threads = 1");
        run("CREATE TABLE arrived (coin VARCHAR, line BIGINT, price DECIMAL(18, 8), size DECIMAL(20, 8),"
                + " buy BOOLEAN, tid BIGINT, ms BIGINT)");
    }

    /** Adds a file with the columns price size side trade_id exchange_timestamp, in order of arrival. */
    void add(String coin, Path csv, String condition) throws SQLException {
        run("INSERT INTO arrived SELECT '" + coin + "', row_number() OVER (), price, size, side = 'buy', trade_id,"
                + " exchange_timestamp FROM read_csv('" + csv + "', header = true, types = {'price': 'VARCHAR',"
                + " 'size': 'VARCHAR', 'trade_id': 'BIGINT', 'exchange_timestamp': 'BIGINT'}) WHERE " + condition);
    }

    long trades() throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(DISTINCT (coin, ms, tid)) FROM arrived")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** {@code symbol,timeframe,start_ms,open,high,low,close,volume,buy_volume,vwap,trade_count}, sorted as text. */
    List<String> lines() throws SQLException {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, String> timeframe : new TreeMap<>(TIMEFRAMES).entrySet()) {
            String sql = """
                    WITH accepted AS (
                      SELECT * FROM arrived QUALIFY row_number() OVER (PARTITION BY coin, ms, tid ORDER BY line) = 1)
                    SELECT coin, epoch_ms(time_bucket(INTERVAL '%s', make_timestamp(ms * 1000))) AS start,
                      arg_min(price, (ms, line)), max(price), min(price), arg_max(price, (ms, line)),
                      sum(size), sum(CASE WHEN buy THEN size ELSE 0 END), sum(price * size), count(*)
                    FROM accepted GROUP BY ALL""".formatted(timeframe.getValue());
            try (Statement statement = database.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                while (row.next()) {
                    lines.add(line(timeframe.getKey(), row));
                }
            }
        }
        lines.sort(null);
        return lines;
    }

    private static String line(String timeframe, ResultSet row) throws SQLException {
        BigDecimal volume = row.getBigDecimal(7);
        BigDecimal vwap = row.getBigDecimal(9).divide(volume, Bar.VWAP_DIGITS);
        StringBuilder line = new StringBuilder(row.getString(1) + "," + timeframe + "," + row.getLong(2));
        for (int column = 3; column <= 8; column++) {
            line.append(',').append(Decimals.text(row.getBigDecimal(column)));
        }
        return line.append(',') + Decimals.text(vwap) + "," + row.getLong(10);
    }

    /** A line of the engine's table without complete and revision. */
    static String valuesOf(String csvLine) {
        return csvLine.substring(0, csvLine.lastIndexOf(',', csvLine.lastIndexOf(',') - 1));
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
