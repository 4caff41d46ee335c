package dev.millrace.ops;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Whether the host's clock is kept by a time service, as far as the host tells. A container usually cannot know.
 *
 * @param state for the session header
 * @param detail who said so, or why nobody did
 */
public record ClockSync(State state, String detail) {

    private static final List<String> TIMEDATECTL =
            List.of("timedatectl", "show", "--property=NTPSynchronized", "--value");
    private static final List<String> CHRONYC = List.of("chronyc", "-n", "tracking");
    private static final long LIMIT_SECONDS = 2;

    /** What is known. */
    public enum State {
        SYNCHRONISED,
        UNSYNCHRONISED,
        UNKNOWN;

        /** The word in the session header. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Asks systemd, then chrony; two seconds each at most. */
    public static ClockSync probe() {
        return probe(ClockSync::output);
    }

    static ClockSync probe(Function<List<String>, Optional<String>> command) {
        String systemd = command.apply(TIMEDATECTL).orElse("").trim();
        if (systemd.equals("yes")) {
            return new ClockSync(State.SYNCHRONISED, "by timedatectl");
        }
        String chrony = command.apply(CHRONYC).orElse("");
        if (chrony.contains("Leap status") && !chrony.contains("Not synchronised")) {
            return new ClockSync(State.SYNCHRONISED, "by chronyc");
        }
        if (systemd.equals("no") || !chrony.isEmpty()) {
            return new ClockSync(State.UNSYNCHRONISED, systemd.equals("no") ? "by timedatectl" : "by chronyc");
        }
        return new ClockSync(State.UNKNOWN, "neither timedatectl nor chronyc answers here");
    }

    /** What the command printed; empty when there is no such command, it fails or takes too long. */
    private static Optional<String> output(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.exitValue() == 0 ? Optional.of(text) : Optional.empty();
        } catch (IOException ignoredAsNotInstalled) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
