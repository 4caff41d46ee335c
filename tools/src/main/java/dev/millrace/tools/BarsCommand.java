package dev.millrace.tools;

import dev.millrace.store.BarsAsked;
import dev.millrace.store.Limits;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Bars in time order. */
@Command(
        name = "bars",
        description = {
            "Shows the bars of a symbol in time order: all of the time asked for, or the newest --limit of them. "
                    + "The table shows the usual columns, the other forms all.",
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace bars BTC 1m --limit 60 --chart",
            "  millrace bars BTC 1h --from 2026-11-20 --to 2026-11-23",
            "  millrace bars kPEPE 1m --from 2026-11-23T09:00+01:00 --format csv",
            "  millrace bars BTC 1d --lake --format parquet --out btc.parquet",
        })
final class BarsCommand implements Callable<Integer> {

    private static final List<String> OF_TRADES =
            List.of("timestamp", "open", "high", "low", "close", "volume", "trade_count", "complete");
    private static final List<String> OF_MIDS =
            List.of("timestamp", "open", "high", "low", "close", "samples", "complete");

    @Mixin
    private TableOptions options;

    @Parameters(index = "0", paramLabel = "SYMBOL", description = "As the venue names it: BTC, @107, xyz:TSLA.")
    private String symbol;

    @Parameters(
            index = "1",
            paramLabel = "TIMEFRAME",
            description = "1m for example; of candles that were collected, 1w and 1M too.")
    private String timeframe;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Earliest bucket: 2026-11-23, 2026-11-23T10:30, UTC unless a zone is given.")
    private Instant from;

    @Option(names = "--to", paramLabel = "TIME", description = "Buckets before this.")
    private Instant to;

    @Option(
            names = "--basis",
            paramLabel = "BASIS",
            defaultValue = "trade",
            description = "trade or mid; trade by default.")
    private Basis basis;

    @Option(names = "--chart", description = "Candles instead of a table.")
    private boolean chart;

    @Spec
    private CommandSpec spec;

    /** What bars are made of. */
    enum Basis {
        TRADE,
        MID
    }

    @Override
    public Integer call() throws IOException {
        if (chart && !options.showsTable()) {
            throw new ParameterException(spec.commandLine(), "--chart has no other form; leave out --format");
        }
        BarsAsked asked = new BarsAsked(
                symbol,
                timeframe,
                basis.name().toLowerCase(Locale.ROOT),
                Optional.ofNullable(from),
                Optional.ofNullable(to));
        if (chart) {
            chart(asked);
        } else {
            options.answer((tables, sink) -> tables.bars(
                    asked,
                    options.limits(),
                    options.showsTable() ? new Projected(basis == Basis.MID ? OF_MIDS : OF_TRADES, sink) : sink));
        }
        return ExitCode.DONE;
    }

    private void chart(BarsAsked asked) throws IOException {
        Limits limits = options.limits();
        Candles candles = new Candles();
        options.ask(tables -> tables.bars(
                asked,
                new Limits(Math.min(limits.rows(), Candles.MOST), limits.time()),
                new Projected(Candles.COLUMNS, candles)));
        candles.print(spec.commandLine().getOut());
    }
}
