package dev.millrace.tools;

import dev.millrace.ops.EngineVersion;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program {@code millrace}: its commands, its exit codes. */
@Command(
        name = "millrace",
        description = "Captures an exchange's market data, loses nothing, and replays it bit for bit.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            HandoverCommand.class,
            SimulateCommand.class,
            JournalCommand.class,
            ReplayCommand.class,
            CollectCommand.class,
            AccountCommand.class,
            LakeCommand.class,
            QueryCommand.class,
            BarsCommand.class,
            GapsCommand.class,
            QualityCommand.class,
            SentimentCommand.class,
            UniverseCommand.class,
            SnapshotCommand.class,
            RebuildCommand.class,
            StatusCommand.class,
            ConfigCommand.class,
            DoctorCommand.class,
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:usage or configuration",
            "3:data damaged",
            "4:already running",
            "130, 143:ended at once by a second Ctrl-C or SIGTERM",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace demo",
            "  millrace run --config config/mainnet.conf",
            "  millrace handover --config config/mainnet.conf",
            "  millrace simulate --port 8080",
            "  millrace journal verify data/journal",
            "  millrace replay --journal data/journal --bars-csv bars.csv",
            "  millrace replay --journal data/journal --verify",
            "  millrace collect --config config/mainnet.conf",
            "  millrace account --address 0x… --show fills --from 2026-11-01",
            "  millrace lake verify --lake data/lake",
            "  millrace query \"FROM bars WHERE symbol = 'BTC' LIMIT 9\"",
            "  millrace bars BTC 1m --limit 60 --chart",
            "  millrace gaps BTC",
            "  millrace quality show",
            "  millrace sentiment --days 90",
            "  millrace universe --explain SOL",
            "  millrace snapshot --to copy.duckdb",
            "  millrace rebuild --from 2026-11-01 --to 2026-11-23 --timeframes 4h",
            "  millrace status --config config/mainnet.conf",
            "  millrace config --config config/mainnet.conf",
            "  millrace doctor --config config/mainnet.conf",
        })
public final class Main implements Callable<Integer> {

    @Option(
            names = "--stacktrace",
            scope = CommandLine.ScopeType.INHERIT,
            description = "Show where in the program a failure came from.")
    private boolean stackTrace;

    @Spec
    private CommandSpec spec;

    private Main() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, args));
    }

    /** Runs one command and returns its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        int code = commands().setOut(out).setErr(err).execute(args);
        out.flush();
        return code;
    }

    /** All commands, ready to read arguments. */
    static CommandLine commands() {
        Main main = new Main();
        return new CommandLine(main)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Duration.class, new DurationConverter())
                .registerConverter(Instant.class, new TimeConverter())
                .setParameterExceptionHandler(Failures::onUsage)
                .setExecutionStrategy(Main::runLast)
                .setExecutionExceptionHandler((e, command, parsed) -> Failures.onFailure(e, command, main.stackTrace));
    }

    /** What is said to a command before the name of the next one would be said to nobody: only the last one runs. */
    private static int runLast(ParseResult parsed) {
        for (ParseResult at = parsed; at.hasSubcommand(); at = at.subcommand()) {
            CommandSpec next = at.subcommand().commandSpec();
            for (ArgSpec arg : at.matchedArgs()) {
                if (!isForAll(arg)) {
                    String name = arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
                    throw new ParameterException(
                            next.commandLine(),
                            name + " stands before " + next.name() + " and would be lost; write it behind: "
                                    + next.qualifiedName() + " " + name);
                }
            }
        }
        return new RunLast().execute(parsed);
    }

    private static boolean isForAll(ArgSpec arg) {
        return arg instanceof OptionSpec option
                && (option.scopeType() == ScopeType.INHERIT || option.usageHelp() || option.versionHelp());
    }

    /** Whether {@code --stacktrace} was given to the command of this spec. */
    static boolean showsStackTraces(CommandSpec spec) {
        return spec.root().userObject() instanceof Main main && main.stackTrace;
    }

    /** Without a command: the help. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.DONE;
    }

    /** {@code millrace 0.1.0 (Java 17.0.15)}. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"millrace " + EngineVersion.text() + " (Java " + Runtime.version() + ")"};
        }
    }
}
