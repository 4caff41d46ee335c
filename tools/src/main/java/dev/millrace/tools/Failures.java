package dev.millrace.tools;

import dev.millrace.barlog.BarLogDamagedException;
import dev.millrace.config.ConfigException;
import dev.millrace.journal.JournalDamagedException;
import dev.millrace.journal.NewerFormatException;
import dev.millrace.lake.LakeDamagedException;
import dev.millrace.ops.AlreadyRunningException;
import dev.millrace.store.RefusedException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Ends a failed command: one line on stderr that says what to do, and the exit code of the design. */
final class Failures {

    private static final Pattern LINE_END = Pattern.compile("\\s*\\R\\s*");

    private Failures() {}

    static int onUsage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        say(command.getErr(), name + ": " + e.getMessage() + "; see " + name + " --help");
        return ExitCode.USAGE;
    }

    static int onFailure(Exception e, CommandLine command, boolean stackTrace) {
        PrintWriter err = command.getErr();
        say(err, command.getCommandSpec().qualifiedName() + ": " + text(e));
        if (stackTrace) {
            e.printStackTrace(err);
            err.flush();
        }
        return exitCode(e);
    }

    private static int exitCode(Exception e) {
        if (e instanceof ConfigException || e instanceof NewerFormatException || e instanceof RefusedException) {
            return ExitCode.USAGE;
        }
        if (e instanceof JournalDamagedException
                || e instanceof BarLogDamagedException
                || e instanceof LakeDamagedException) {
            return ExitCode.DATA_DAMAGED;
        }
        return e instanceof AlreadyRunningException ? ExitCode.ALREADY_RUNNING : ExitCode.FAILED;
    }

    /** File-system exceptions carry the bare path as their message. */
    private static String text(Throwable e) {
        if (e instanceof NoSuchFileException) {
            return "there is no file " + e.getMessage();
        }
        if (e instanceof AccessDeniedException) {
            return "no permission for " + e.getMessage();
        }
        if (e instanceof FileAlreadyExistsException) {
            return e.getMessage() + " exists already";
        }
        if (e instanceof UncheckedIOException && e.getCause() != null) {
            return e.getMessage().equals(e.getCause().toString()) ? text(e.getCause()) : e.getMessage();
        }
        boolean spoken = e.getMessage() != null && !e.getMessage().isBlank();
        String unexpected =
                "unexpected " + e.getClass().getSimpleName() + "; run again with --stacktrace and report it";
        return spoken ? e.getMessage() : unexpected;
    }

    private static void say(PrintWriter err, String line) {
        err.println(LINE_END.matcher(line).replaceAll(" "));
        err.flush();
    }
}
