package dev.millrace.thread;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
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
        BitSet cores = new BitSet();
        cores.set(core);
        Affinity.setAffinity(cores);
        String granted = allowedCores();
        if (!granted.equals(Integer.toString(core))) {
            throw new IllegalStateException("thread " + Thread.currentThread().getName() + " asked for core " + core
                    + " but may run on " + granted + "; choose pipeline.cores that this process is allowed to use");
        }
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
