package dev.millrace.tools;

import dev.millrace.store.RefusedException;
import dev.millrace.store.ResultSink;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Where something may be missing, and why. */
@Command(
        name = "gaps",
        description = {
            "Lists stretches in which a stream may have lost messages, the newest last: cause, how certain it is, whether "
                    + "it was repaired, and of which rows: trades, where nothing was lost, or the exchange's candles, by "
                    + "length how many of those that it lies in. Times are the venue's, UTC.",
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace gaps BTC --from 2026-11-22",
            "  millrace gaps --format csv --out gaps.csv",
        })
final class GapsCommand implements Callable<Integer> {

    /** A candle stands for a gap where one lies in its bucket; the first and the last bucket may hold other time too. */
    private static final String SQL = """
            WITH newest AS ({newest}),
            candles AS (
                SELECT symbol, timeframe, timestamp, bucket_end(timeframe, timestamp) AS end_time
                FROM all_bars
                WHERE source = 'exchange' AND repaired AND symbol IN (SELECT symbol FROM newest)
            ),
            counted AS (
                SELECT gap.symbol, from_time, to_time, timeframe, count(*) AS candles,
                    any_value(epoch_ms(end_time) - epoch_ms(timestamp)) AS length
                FROM newest AS gap
                JOIN candles ON candles.symbol = gap.symbol AND timestamp < to_time AND end_time > from_time
                WHERE stream = 'trades' AND evidence <> 'disproven'
                GROUP BY ALL
            ),
            named AS (
                SELECT symbol, from_time, to_time,
                    string_agg(timeframe || ' ' || candles || '/'
                        || ((epoch_ms(to_time) - 1) // length - epoch_ms(from_time) // length + 1), ' ' ORDER BY length)
                        AS rows
                FROM counted
                GROUP BY ALL
            )
            SELECT symbol, stream, from_time, to_time, epoch_ms(to_time) - epoch_ms(from_time) AS ms, cause, evidence,
                repaired, CASE WHEN evidence = 'disproven' THEN 'trades' WHEN stream = 'trades' THEN rows END AS rows
            FROM newest
            LEFT JOIN named USING (symbol, from_time, to_time)
            ORDER BY from_time, symbol
            """;

    @Mixin
    private TableOptions options;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Gaps that end after this; UTC unless a zone is given.")
    private Instant from;

    @Option(names = "--to", paramLabel = "TIME", description = "Gaps that begin before this.")
    private Instant to;

    @Parameters(paramLabel = "COIN", arity = "0..1", description = "This one alone.")
    private String coin;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (from != null && to != null && !from.isBefore(to)) {
            throw new ParameterException(spec.commandLine(), "--from " + from + " is not before --to " + to);
        }
        String newest = "SELECT * FROM gaps" + where() + " ORDER BY from_time DESC, symbol LIMIT "
                + options.limits().rows();
        Counted counted = new Counted();
        options.answer((tables, sink) -> {
            tables.query(SQL.replace("{newest}", newest), options.limits(), counted.into(sink));
            if (counted.rows() == 0 && coin != null) {
                requireKnown(tables);
            }
        });
        if (counted.rows() == 0) {
            spec.commandLine()
                    .getErr()
                    .println("no gaps" + (coin == null ? "" : " of " + coin)
                            + (from == null && to == null ? "" : " in that time"));
        }
        return ExitCode.DONE;
    }

    /** Of a coin that was never recorded, or is misspelt, nothing is missing either: that must not sound like a promise. */
    private void requireKnown(Tables tables) throws IOException {
        Counted bars = new Counted();
        tables.query(
                "SELECT 1 FROM every_bar WHERE symbol = " + literal(coin) + " LIMIT 1",
                options.limits(),
                bars.into(ResultSink.of(row -> {})));
        if (bars.rows() == 0) {
            throw new RefusedException(
                    "there are neither gaps nor bars of " + coin + "; millrace quality show lists what was recorded");
        }
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private String where() {
        List<String> conditions = new ArrayList<>();
        if (coin != null) {
            conditions.add("symbol = " + literal(coin));
        }
        if (from != null) {
            conditions.add("to_time > make_timestamptz(" + from.toEpochMilli() * 1_000 + ")");
        }
        if (to != null) {
            conditions.add("from_time < make_timestamptz(" + to.toEpochMilli() * 1_000 + ")");
        }
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }
}
