package dev.millrace.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The recorded messages as the exchange takes them. */
final class Recordings {

    private Recordings() {}

    static Path hyperliquid(String relative) {
        return dev.millrace.Recordings.folder().resolve("hyperliquid").resolve(relative);
    }

    /** All frames under ws, whatever their line form. */
    static List<byte[]> frames() throws IOException {
        List<byte[]> frames = new ArrayList<>();
        try (var files = Files.list(hyperliquid("ws"))) {
            for (Path file :
                    files.sorted().filter(f -> !f.toString().endsWith(".lz4")).toList()) {
                frames.addAll(read(file));
            }
        }
        return frames;
    }

    static List<byte[]> read(Path file) throws IOException {
        List<byte[]> frames = new ArrayList<>();
        try (RecordedFrames reader = RecordingFile.of(file).open()) {
            for (Optional<RecordedFrame> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                frames.add(frame.get().bytes());
            }
        }
        return frames;
    }
}
