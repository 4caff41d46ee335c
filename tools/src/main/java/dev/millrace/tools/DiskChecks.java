package dev.millrace.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What {@code doctor} says of the data folders, leaving nothing behind. */
final class DiskChecks {

    private static final long GIB = 1L << 30;
    private static final long TIGHT = 10 * GIB;

    private DiskChecks() {}

    static Finding writable(Path dir) {
        Path existing = existing(dir);
        if (!Files.isDirectory(existing)) {
            return Finding.fail("data", existing + " is a file; name a folder in data.dir");
        }
        try {
            Files.delete(Files.createTempFile(existing, ".millrace", ".probe"));
        } catch (IOException e) {
            return Finding.fail("data", existing + " is not writable; name another folder in data.dir");
        }
        boolean there = existing.equals(dir.toAbsolutePath());
        return Finding.ok("data", there ? dir + " is writable" : dir + " can be created");
    }

    static Finding free(Path folder) {
        Path existing = existing(folder);
        try {
            return free(existing, Files.getFileStore(existing).getUsableSpace());
        } catch (IOException e) {
            return Finding.warn("disk", "free space of " + existing + " is unknown: " + e);
        }
    }

    static Finding free(Path folder, long bytes) {
        String text = String.format(Locale.ROOT, "%.1f GiB free at %s", (double) bytes / GIB, folder);
        if (bytes < GIB) {
            return Finding.fail("disk", text + "; make room, or set data.journal to another disk");
        }
        return bytes < TIGHT ? Finding.warn("disk", text + ", which is little") : Finding.ok("disk", text);
    }

    /** The folder itself, or the nearest one above it that exists. */
    private static Path existing(Path folder) {
        Path path = folder.toAbsolutePath();
        while (!Files.exists(path)) {
            path = path.getParent();
        }
        return path;
    }
}
