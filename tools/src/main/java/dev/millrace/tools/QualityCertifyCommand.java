package dev.millrace.tools;

import dev.millrace.config.EngineConfig;
import dev.millrace.market.Timeframe;
import dev.millrace.quality.Certificate;
import dev.millrace.quality.Certificates;
import java.io.IOException;
import java.util.Locale;
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
            "Writes a certificate of each coin, timeframe and day that is over: its quality, the records of the journal "
                    + "that its bars were made of, and the digest of their rows; under _certificates in the lake.",
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
        QualityRange.read(
                config,
                tables -> range.days(tables, coin, day -> {
                    if (day.rows().over()) {
                        for (Timeframe timeframe : day.timeframes()) {
                            certificates.write(Certificate.of(day, timeframe, oldest));
                            written[0]++;
                        }
                    }
                }));
        spec.commandLine().getOut().printf(Locale.ROOT, "certified: %,d of days that are over%n", written[0]);
        return ExitCode.DONE;
    }
}
