package dev.millrace.thread;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import net.openhft.affinity.Affinity;

/**
 * Binds the calling thread to one core and reads the answer back from the kernel. OpenHFT's own lock is not used: it takes
 * lock files in the temporary folder and gives an unbound thread without an error when one is foreign.
 */
public final class CorePin {

    private static final Path STATUS = Path.of("/proc/thread-self/status");
    private static final String ALLOWED = "Cpus_allowed_list:";

    private CorePin() {}

    /**
     * Binds the calling thread.
     *
     * @throws IllegalStateException when the kernel does not grant exactly this core
     */
    public static void pinTo(int core) {
        String allowed = allowedCores();
        BitSet cores = new BitSet();
        cores.set(core);
        try {
            Affinity.setAffinity(cores);
        } catch (RuntimeException e) {
            throw refused(core, allowed, e);
        }
        if (!allowedCores().equals(Integer.toString(core))) {
            throw refused(core, allowed, null);
        }
    }

    /**
     * Tries these cores on the calling thread and leaves it as it was.
     *
     * @throws IllegalStateException with the first that the kernel does not grant
     */
    public static void check(List<Integer> cores) {
        BitSet own = Affinity.getAffinity();
        for (int core : cores) {
            try {
                pinTo(core);
            } finally {
                Affinity.setAffinity(own);
            }
        }
    }

    private static IllegalStateException refused(int core, String allowed, RuntimeException cause) {
        return new IllegalStateException("core " + core + " is not granted; this process may run on " + allowed, cause);
    }

    /** The kernel's word for the cores the calling thread may run on, for example {@code 0-1}. */
    static String allowedCores() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(ALLOWED))
                    .map(line -> line.substring(ALLOWED.length()).strip())
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(STATUS + " names no " + ALLOWED));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + STATUS + ": pinning needs Linux", e);
        }
    }
}
