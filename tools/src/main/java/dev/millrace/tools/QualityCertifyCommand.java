package dev.millrace.tools;

import dev.millrace.config.EngineConfig;
import dev.millrace.market.Timeframe;
import dev.millrace.quality.Certificate;
import dev.millrace.quality.Certificates;
import dev.millrace.quality.DayStreams;
import dev.millrace.quality.DayTrades;
import dev.millrace.quality.StreamsOfDays;
import dev.millrace.replay.JournalStreams;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes what is found of each day. */
@Command(
        name = "certify",
        description = {
            "Writes a certificate of each coin, timeframe and day that is over and whose bars no longer change: its "
                    + "quality, what stands beside it (trades that came twice or too late, the clocks' offset, the "
                    + "cadence of the streams), the records of the journal that its bars were made of, and the digest of "
                    + "their rows; under "
                    + "_certificates in the lake. A daemon that stores does so by itself, some 75 minutes after the day.",
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = "  millrace quality certify --from 2026-11-01 --to 2026-11-23")
final class QualityCertifyCommand implements Callable<Integer> {

    @Mixin
    private QualityRange range;

    @Parameters(paramLabel = "COIN", arity = "0..1", description = "This one alone.")
    private String coin;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        EngineConfig config = range.config();
        Certificates certificates = new Certificates(config.data().lake());
        long oldest = QualityRange.oldestRecord(config);
        long[] written = {0};
        SortedSet<LocalDate> open = new TreeSet<>();
        QualityRange.read(config, tables -> {
            StreamsOfDays streams = new StreamsOfDays(
                    tables,
                    (date, from) -> JournalStreams.read(config.data().journal(), date, from, config.results()),
                    oldest);
            range.days(tables, coin, day -> {
                if (!day.rows().over()) {
                    open.add(day.date());
                    return;
                }
                DayTrades trades = tables.trades(day.symbol(), day.date());
                Optional<DayStreams> told = streams.of(day.symbol(), day.date());
                for (Timeframe timeframe : day.timeframes()) {
                    certificates.write(Certificate.of(day, timeframe, trades, told, oldest));
                    written[0]++;
                }
            });
        });
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "certified: %,d of days that are over%n", written[0]);
        for (LocalDate date : open) {
            Instant settled = date.plusDays(1)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant()
                    .plus(config.results().bars().revisionWindow());
            out.println("not certified: " + date + ", whose bars may change until " + settled + " of the venue's time");
        }
        return ExitCode.DONE;
    }
}
