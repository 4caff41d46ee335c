package dev.millrace.tools;

import dev.millrace.AccountPart;
import dev.millrace.AccountQuestion;
import dev.millrace.Engine;
import dev.millrace.codec.hyperliquid.AccountAddress;
import dev.millrace.config.EngineConfig;
import dev.millrace.control.ControlClient;
import dev.millrace.rest.InfoException;
import dev.millrace.store.RefusedException;
import dev.millrace.store.ResultSink;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the venue says of an account. */
@Command(
        name = "account",
        description = {
            "Shows an account of the venue: by its public address, read only, without a key. Off unless "
                    + "rest.account-info = true. A running daemon asks, within its REST budget; without one this "
                    + "command does. The answers are journaled. Summary, positions and orders are those of the venue's own "
                    + "exchange, or of the one of --dex; the rest is of all. What cannot be understood is left out and named. "
                    + "Times are UTC.",
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace account --address 0x5e9ee1089755c3435139848e47e6635505d5a13a --set rest.account-info=true",
            "  millrace account --address 0x5e9e… --show fills --from 2026-11-01 --format csv",
            "  millrace account --address 0x5e9e… --show funding,fees",
            "  millrace account --address 0x5e9e… --dex xyz",
        })
final class AccountCommand implements Callable<Integer> {

    private static final List<AccountPart> FIRST =
            List.of(AccountPart.SUMMARY, AccountPart.POSITIONS, AccountPart.BALANCES, AccountPart.ORDERS);
    private static final List<AccountPart> OF_ONE_EXCHANGE =
            List.of(AccountPart.SUMMARY, AccountPart.POSITIONS, AccountPart.ORDERS);

    @Option(
            names = "--address",
            required = true,
            paramLabel = "ADDRESS",
            description = "The account's own: 0x and 40 hexadecimal digits. An agent wallet's shows an empty account.")
    private String address;

    @Option(
            names = "--show",
            split = ",",
            paramLabel = "PART",
            description =
                    "Of summary positions balances orders fills funding fees; by default the first four, with --dex "
                            + "those of it.")
    private List<AccountPart> parts = List.of();

    @Option(
            names = "--dex",
            paramLabel = "NAME",
            defaultValue = "",
            description =
                    "A builder-deployed exchange, as before the colon of xyz:TSLA. To an unknown one the venue answers "
                            + "HTTP 500.")
    private String dex;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Of fills and funding: 2026-11-23, 2026-11-23T10:30, UTC unless a zone is given; "
                    + "by default a day before the end. The venue keeps the newest 10,000 fills.")
    private Instant from;

    @Option(names = "--to", paramLabel = "TIME", description = "Their end, exclusive; by default now.")
    private Instant to;

    @Option(
            names = "--format",
            paramLabel = "FORM",
            defaultValue = "table",
            description = "table, csv or json (an object a line).")
    private Form form;

    @Mixin
    private ConfigOptions options;

    @Spec
    private CommandSpec spec;

    private enum Form {
        TABLE,
        CSV,
        JSON
    }

    @Override
    public Integer call() throws IOException, InfoException, InterruptedException {
        List<AccountQuestion> questions = questions();
        EngineConfig config = options.load().engine();
        ControlClient daemon = new ControlClient(config.data().dir().resolve(Engine.CONTROL_SOCKET));
        for (AccountQuestion question : questions) {
            boolean told = show(question, sink -> daemon.ask(question.request(), lines(sink)));
            if (!told && !question.equals(questions.get(0))) {
                throw new IllegalStateException("the daemon has just ended; ask again");
            }
            if (!told) {
                here(config, questions);
                break;
            }
        }
        return ExitCode.DONE;
    }

    private List<AccountQuestion> questions() {
        AccountAddress whose;
        try {
            whose = new AccountAddress(address);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--address: " + e.getMessage(), e);
        }
        if (parts.isEmpty()) {
            parts = dex.isEmpty() ? FIRST : OF_ONE_EXCHANGE;
        }
        if (form != Form.TABLE && parts.size() > 1) {
            throw new ParameterException(spec.commandLine(), "--format csv or json needs one --show PART");
        }
        List<AccountQuestion> questions = new ArrayList<>();
        for (AccountPart part : parts) {
            questions.add(new AccountQuestion(whose, part, dex, Optional.ofNullable(from), Optional.ofNullable(to)));
        }
        return questions;
    }

    private void here(EngineConfig config, List<AccountQuestion> questions)
            throws IOException, InfoException, InterruptedException {
        if (!config.rest().accountInfo()) {
            throw new RefusedException(AccountQuestion.OFF);
        }
        try (Engine engine = Engine.launchWithoutFeed(config)) {
            for (AccountQuestion question : questions) {
                show(question, sink -> {
                    engine.account(question, sink);
                    return true;
                });
            }
        }
    }

    /** Gives rows to the sink; false when there is nobody to ask. */
    private interface Answering {
        boolean answer(ResultSink sink) throws IOException, InfoException, InterruptedException;
    }

    private boolean show(AccountQuestion question, Answering answering)
            throws IOException, InfoException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        RowText text = switch (form) {
            case TABLE -> new TableText(out);
            case CSV -> new CsvText(out);
            case JSON -> new JsonText(out);
        };
        Counted counted = new Counted();
        if (!answering.answer(counted.into(text))) {
            return false;
        }
        if (form == Form.TABLE && parts.size() > 1) {
            out.println(question.part().label() + (counted.rows() == 0 ? ": none" : ""));
        }
        counted.leftOut().forEach(why -> spec.commandLine().getErr().println("not understood, left out: " + why));
        if (counted.rows() > 0 || form == Form.CSV) {
            text.end();
        } else if (parts.size() == 1) {
            spec.commandLine().getErr().println("no " + question.part().label());
        }
        if (form == Form.TABLE && parts.size() > 1) {
            out.println();
        }
        out.flush();
        return true;
    }

    private static Consumer<Map<String, Object>> lines(ResultSink sink) {
        DaemonRows rows = new DaemonRows(sink);
        return line -> {
            if (line.containsKey("refused")) {
                throw new RefusedException(String.valueOf(line.get("refused")));
            }
            if (line.containsKey("failed")) {
                throw new IllegalStateException(String.valueOf(line.get("failed")));
            }
            rows.accept(line);
        };
    }
}
