package dev.millrace;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A real file system of a few hundred MiB, for any user: a process holds a mount namespace of its own with a tmpfs in it,
 * and its {@code /proc} entry shows it to this one.
 */
public final class SmallDisk implements AutoCloseable {

    private final Process holder;
    private final Path root;

    private SmallDisk(Process holder, Path root) {
        this.holder = holder;
        this.root = root;
    }

    /** Skips the test, with a line that says so, where the kernel refuses. */
    public static SmallDisk mount(Path mountPoint, int mebibytes) throws IOException, InterruptedException {
        String mount =
                "mount -t tmpfs -o size=" + mebibytes + "m tmpfs '" + mountPoint + "' && echo mounted && exec cat";
        Process holder;
        try {
            holder = new ProcessBuilder("unshare", "-rm", "sh", "-c", mount)
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw skipped("there is no unshare: " + e.getMessage());
        }
        BufferedReader said = holder.inputReader(StandardCharsets.UTF_8);
        String line = said.readLine();
        Path root = Path.of("/proc", Long.toString(holder.pid()), "root")
                .resolve(mountPoint.toString().substring(1));
        if (!"mounted".equals(line)) {
            holder.waitFor(Waiting.PATIENCE_S, TimeUnit.SECONDS);
            throw skipped("the kernel refuses a mount namespace: " + line);
        }
        return new SmallDisk(holder, root);
    }

    private static RuntimeException skipped(String why) {
        System.out.println("SKIPPED the tests on a small disk: " + why);
        assumeTrue(false, why);
        return new IllegalStateException(why);
    }

    /** The folder that it is mounted on, as this process sees it. */
    public Path root() {
        return root;
    }

    @Override
    public void close() throws IOException {
        holder.getOutputStream().close(); // its cat ends, and the file system with it
        holder.destroy();
    }
}
