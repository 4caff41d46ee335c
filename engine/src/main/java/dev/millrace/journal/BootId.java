package dev.millrace.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells one run of the kernel from the next: what was written before may be lost only when it changed. */
final class BootId {

    private static final Path FILE = Path.of("/proc/sys/kernel/random/boot_id");

    private BootId() {}

    /** Empty where the system has none; then only damage that shows in the files is noticed. */
    static String read() {
        try {
            return Files.exists(FILE) ? Files.readString(FILE).strip() : "";
        } catch (IOException ignored) { // no such system: as if it had none
            return "";
        }
    }
}
