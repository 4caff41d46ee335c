package dev.millrace.tools;

import com.dslplatform.json.DslJson;
import dev.millrace.Engine;
import dev.millrace.StoreDaemon;
import dev.millrace.control.ControlClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks the running daemon how it stands. */
@Command(
        name = "status",
        description = {
            "Asks the running daemon how it stands, and the one that stores where that",
            "is a process of its own; exit code 1 when none runs."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace status --config config/mainnet.conf",
            "  millrace status --set data.dir=/var/lib/millrace --json",
        })
final class StatusCommand implements Callable<Integer> {

    private static final DslJson<Object> JSON = new DslJson<>();

    @Mixin
    private ConfigOptions options;

    @Option(names = "--json", description = "One JSON object instead of a table.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Path dir = options.load().engine().data().dir();
        PrintWriter out = spec.commandLine().getOut();
        Map<String, Object> sections = new LinkedHashMap<>();
        for (String socket : List.of(Engine.CONTROL_SOCKET, StoreDaemon.CONTROL_SOCKET)) {
            new ControlClient(dir.resolve(socket)).ask(Map.of("command", "status"), sections::putAll);
        }
        if (sections.isEmpty()) {
            throw new IllegalStateException("no daemon runs on " + dir + "; start one with millrace run");
        }
        if (json) {
            print(sections, out);
        } else {
            table(sections, out);
        }
        return ExitCode.DONE;
    }

    private static void print(Map<String, Object> line, PrintWriter out) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            JSON.serialize(line, bytes);
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
        out.println(bytes.toString(StandardCharsets.UTF_8));
    }

    private static void table(Map<String, Object> sections, PrintWriter out) {
        sections.forEach((name, section) -> {
            out.println(name);
            ((Map<?, ?>) section).forEach((key, value) -> row(key.toString().replace('_', ' '), value, out));
        });
    }

    private static void row(String name, Object value, PrintWriter out) {
        if (value instanceof List<?> lines) {
            lines.forEach(line -> row(name, line, out));
        } else {
            out.printf(Locale.ROOT, "  %-26s %s%n", name, text(value));
        }
    }

    private static String text(Object value) {
        if (value instanceof Long number) {
            return String.format(Locale.ROOT, "%,d", number);
        }
        return value instanceof Number number ? String.format(Locale.ROOT, "%,.1f", number.doubleValue()) : "" + value;
    }
}
