package dev.millrace.tools;

import dev.millrace.store.Limits;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks the tables in SQL. */
@Command(
        name = "query",
        description = {
            "Runs one SELECT over the tables and the lake: of the daemon that runs, or of the files it left. "
                    + "Views: bars, bars_1s, bars_with_context, ticks, tops, levels, contexts, fundings, gaps, sentiment; "
                    + "tables mids, instruments, universe; bars_as_of(T) and other _as_of; "
                    + "indicators such as rsi('BTC', '1m') and summary('BTC', '1h'). Times are UTC.",
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace query \"SELECT count(*) FROM ticks WHERE symbol = 'BTC'\"",
            "  millrace query \"FROM rsi('BTC', '1h')\" --format csv --out rsi.csv",
            "  millrace query \"FROM bars\" --lake --format parquet --out bars.parquet",
        })
final class QueryCommand implements Callable<Integer> {

    @Mixin
    private TableOptions options;

    @Parameters(paramLabel = "SQL", description = "One SELECT.")
    private String sql;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Limits limits = options.limits();
        options.answer((tables, sink) -> {
            if (tables.query(sql, limits, sink)) {
                spec.commandLine()
                        .getErr()
                        .printf(Locale.ROOT, "only the first %,d rows; --limit N gives more%n", limits.rows());
            }
        });
        return ExitCode.DONE;
    }
}
