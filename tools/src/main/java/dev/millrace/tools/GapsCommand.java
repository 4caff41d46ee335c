package dev.millrace.tools;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where something may be missing, and why. */
@Command(
        name = "gaps",
        description = {
            "Lists stretches in which a stream may have lost messages, the newest last: cause, how certain it is, and "
                    + "whether it was repaired. Times are the venue's, UTC.",
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace gaps BTC --from 2026-11-22",
            "  millrace gaps --format csv --out gaps.csv",
        })
final class GapsCommand implements Callable<Integer> {

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

    @Override
    public Integer call() throws IOException {
        String newest = "SELECT symbol, stream, from_time, to_time, epoch_ms(to_time) - epoch_ms(from_time) AS ms,"
                + " cause, evidence, repaired FROM gaps" + where() + " ORDER BY from_time DESC, symbol LIMIT "
                + options.limits().rows();
        options.answer((tables, sink) ->
                tables.query("FROM (" + newest + ") ORDER BY from_time, symbol", options.limits(), sink));
        return ExitCode.DONE;
    }

    private String where() {
        List<String> conditions = new ArrayList<>();
        if (coin != null) {
            conditions.add("symbol = '" + coin.replace("'", "''") + "'");
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
