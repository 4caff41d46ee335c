package dev.millrace.tools;

import dev.millrace.Engine;
import dev.millrace.config.CollectConfig;
import dev.millrace.config.EngineConfig;
import dev.millrace.discovery.CollectionResult;
import dev.millrace.discovery.CollectionWatch;
import dev.millrace.discovery.PageException;
import dev.millrace.market.CandleInterval;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** History over REST into the tables. */
@Command(
        name = "collect",
        description = {
            "Collects what the tables lack of the venue's candles and funding, within its REST "
                    + "budget. It goes on where the tables end, so it may be stopped at any time. "
                    + "A running daemon does it; without one this command does.",
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace collect --config config/mainnet.conf",
            "  millrace collect BTC ETH --timeframes 1m,1d --bars 1000",
        })
final class CollectCommand implements Callable<Integer> {

    private static final int PERCENT = 100;

    @Parameters(arity = "0..*", paramLabel = "COIN", description = "As the venue writes it; none: those of feed.coins.")
    private List<String> coins = List.of();

    @Option(
            names = "--timeframes",
            split = ",",
            paramLabel = "T",
            description = "Of 1m 3m 5m 15m 30m 1h 2h 4h 8h 12h 1d 3d 1w 1M; by default collect.timeframes.")
    private List<String> timeframes = List.of();

    @Option(names = "--bars", paramLabel = "N", description = "The newest N of each; by default collect.bars.")
    private Optional<Integer> bars = Optional.empty();

    @Mixin
    private ConfigOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws PageException, InterruptedException {
        String named = coins.stream().map(coin -> '"' + coin + '"').collect(Collectors.joining(","));
        EngineConfig config = (coins.isEmpty() ? options.load() : options.load("feed.coins=[" + named + "]")).engine();
        CollectConfig what = what(config.collect());
        CollectionResult result;
        try (Progress progress = Progress.of("collect", "%", PERCENT)) {
            CollectionWatch watch = watch(progress);
            Optional<CollectionResult> daemons =
                    DaemonCollection.ask(config.data().dir(), coins, what, watch);
            result = daemons.isPresent() ? daemons.get() : here(config, what, watch);
        }
        return tell(result);
    }

    private CollectConfig what(CollectConfig config) {
        try {
            return config.of(
                    timeframes.isEmpty()
                            ? config.timeframes()
                            : timeframes.stream().map(CandleInterval::of).toList(),
                    bars.orElse(config.bars()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static CollectionWatch watch(Progress progress) {
        LongConsumer percent = progress.done();
        return (done, of, left) -> {
            progress.say("budget: " + left.toSeconds() + " s");
            percent.accept((long) done * PERCENT / Math.max(1, of));
        };
    }

    private static CollectionResult here(EngineConfig config, CollectConfig what, CollectionWatch watch)
            throws PageException, InterruptedException {
        try (Engine engine = Engine.launchWithoutFeed(config)) {
            return engine.collect(List.of(), what, watch);
        }
    }

    private int tell(CollectionResult result) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%,d rows by %,d requests; %d of %d series had nothing missing%n",
                result.received(),
                result.pages(),
                result.upToDate(),
                result.series());
        if (result.refused() > 0) {
            out.printf(
                    Locale.ROOT,
                    "%,d rows of the venue's break a rule and were left out; the next collection asks for them again%n",
                    result.refused());
            result.refusals().forEach(line -> spec.commandLine().getErr().println("refused: " + line));
        }
        long fewer = result.expected() - result.received() - result.refused();
        if (fewer > 0) {
            out.printf(
                    Locale.ROOT,
                    "%,d fewer than there are buckets: the venue has none without trades or before a listing%n",
                    fewer);
        }
        result.failures().forEach(line -> spec.commandLine().getErr().println("failed: " + line));
        return result.failures().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
