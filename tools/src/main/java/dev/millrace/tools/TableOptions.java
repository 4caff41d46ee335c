package dev.millrace.tools;

import dev.millrace.config.EngineConfig;
import dev.millrace.store.Limits;
import dev.millrace.store.ParquetFile;
import dev.millrace.store.ResultSink;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of commands that read the tables: where from, how much, in which form. */
final class TableOptions {

    private static final long SHOWN_ROWS = 1_000;

    @Mixin
    private ConfigOptions options;

    @Option(names = "--lake", description = "Read the lake's files alone; needs no daemon and no tables.")
    private boolean lake;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "At most so many rows; by default 1000 in a table, all in other forms.")
    private Long limit;

    @Option(
            names = "--timeout",
            paramLabel = "D",
            defaultValue = "60s",
            description = "End it after this long; ${DEFAULT-VALUE} by default.")
    private Duration timeout;

    @Option(
            names = "--format",
            paramLabel = "FORM",
            defaultValue = "table",
            description = "table, csv, json (an object a line) or parquet.")
    private Form form;

    @Option(names = "--out", paramLabel = "FILE", description = "Write to this file instead of the terminal.")
    private Path out;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    private EngineConfig config;

    enum Form {
        TABLE,
        CSV,
        JSON,
        PARQUET
    }

    /** Uses the tables while they are open. */
    @FunctionalInterface
    interface TablesUse {
        void with(Tables tables) throws IOException;
    }

    /** What is asked of them, and where the rows go. */
    @FunctionalInterface
    interface Question {
        void ask(Tables tables, ResultSink sink) throws IOException;
    }

    Limits limits() {
        long all = form == Form.TABLE && out == null ? SHOWN_ROWS : Long.MAX_VALUE;
        return new Limits(limit == null ? all : limit, timeout);
    }

    boolean showsTable() {
        return form == Form.TABLE;
    }

    /** Of a daemon that runs, else of the files that it left. */
    static Tables tables(EngineConfig config) {
        return DaemonTables.of(config.data().dir()).orElseGet(() -> FileTables.of(config));
    }

    /** Asks, and writes the answer in the form that was chosen. */
    void answer(Question question) throws IOException {
        if (form == Form.PARQUET && out == null) {
            throw new ParameterException(spec.commandLine(), "--format parquet needs --out FILE");
        }
        ask(tables -> {
            if (out == null) {
                question(question, tables, spec.commandLine().getOut());
            } else {
                file(question, tables);
            }
        });
    }

    /** Asks the tables that the options name. */
    void ask(TablesUse use) throws IOException {
        config = options.load().engine();
        try (Tables tables = lake ? FileTables.ofLake(config, spec.commandLine().getErr()) : tables(config)) {
            use.with(tables);
        }
    }

    private void question(Question question, Tables tables, PrintWriter to) throws IOException {
        RowText text = form == Form.TABLE ? new TableText(to) : form == Form.CSV ? new CsvText(to) : new JsonText(to);
        question.ask(tables, text);
        text.end();
        if (to.checkError()) {
            throw new IOException("the rows could not be written; is the disk full, or the reader gone?");
        }
    }

    private void file(Question question, Tables tables) throws IOException {
        try (WholeFile file = WholeFile.create(out)) {
            if (form == Form.PARQUET) {
                parquet(question, tables, file);
            } else {
                question(question, tables, new PrintWriter(new OutputStreamWriter(file.out(), StandardCharsets.UTF_8)));
            }
            file.finish();
        }
    }

    private void parquet(Question question, Tables tables, WholeFile file) throws IOException {
        try (ParquetFile rows = new ParquetFile(file.path(), config.data().spill())) {
            question.ask(tables, rows);
            rows.finish();
        }
    }
}
