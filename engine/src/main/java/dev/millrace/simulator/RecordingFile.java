package dev.millrace.simulator;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import net.jpountz.lz4.LZ4FrameInputStream;

/**
 * A recording in a file, a message a line: bare frames, {@code <receive ns> <frame>} with a space or a tab, or the
 * venue's archive lines {@code {"time":…,"ver_num":1,"raw":<frame>}}, mixed as they come; plain, {@code .gz} or
 * {@code .lz4} (frame format). Frames come out byte for byte. Empty lines are passed over.
 */
public final class RecordingFile implements RecordedFrames {

    private static final int BUFFER = 1 << 16;

    private final Path path;
    private final InputStream input;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long lineNumber;

    private RecordingFile(Path path) throws IOException {
        this.path = path;
        this.input = new BufferedInputStream(decompressed(path), BUFFER);
    }

    /**
     * A source that opens this file.
     *
     * @throws IOException when it cannot be read
     */
    public static Source of(Path path) throws IOException {
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw new IOException("recording " + path + " is not a readable file");
        }
        return () -> new RecordingFile(path);
    }

    @Override
    public Optional<RecordedFrame> next() throws IOException {
        while (readLine()) {
            if (line.size() > 0) {
                return Optional.of(parse(line.toByteArray()));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    private static InputStream decompressed(Path path) throws IOException {
        InputStream file = Files.newInputStream(path);
        try {
            String name = path.toString();
            if (name.endsWith(".lz4")) {
                return new LZ4FrameInputStream(new BufferedInputStream(file, BUFFER));
            }
            return name.endsWith(".gz") ? new GZIPInputStream(file, BUFFER) : file;
        } catch (IOException e) {
            file.close();
            throw new IOException("recording " + path + " cannot be decompressed: " + e.getMessage(), e);
        }
    }

    private boolean readLine() throws IOException {
        line.reset();
        lineNumber++;
        try {
            return readToLineFeed();
        } catch (IOException e) {
            throw new IOException("recording " + path + " line " + lineNumber + ": " + e.getMessage(), e);
        }
    }

    private boolean readToLineFeed() throws IOException {
        for (int b = input.read(); b >= 0; b = input.read()) {
            if (b == '\n') {
                return true;
            }
            line.write(b);
        }
        return line.size() > 0;
    }

    private RecordedFrame parse(byte[] text) throws IOException {
        if (text[0] >= '0' && text[0] <= '9') {
            return stamped(text);
        }
        JsonScan scan = new JsonScan(text, 0, text.length);
        String time = "";
        boolean open = scan.enter('{');
        while (open && scan.nextField()) {
            if (scan.key().equals("time")) {
                time = scan.string();
            } else if (scan.key().equals("raw")) {
                int start = scan.position();
                scan.skip();
                return new RecordedFrame(nanos(time), Arrays.copyOfRange(text, start, scan.position()));
            } else {
                scan.skip();
            }
        }
        return new RecordedFrame(0, text);
    }

    private RecordedFrame stamped(byte[] text) throws IOException {
        int digits = 0;
        while (digits < text.length && text[digits] >= '0' && text[digits] <= '9') {
            digits++;
        }
        boolean tooLarge = digits > 19 || (digits == 19 && text[0] == '9');
        if (tooLarge || digits == text.length || (text[digits] != ' ' && text[digits] != '\t')) {
            throw new IOException("recording " + path + " line " + lineNumber
                    + ": a line that begins with a digit must be <receive ns>, a space or tab, and the frame");
        }
        long ns = Long.parseLong(new String(text, 0, digits, StandardCharsets.US_ASCII));
        return new RecordedFrame(ns, Arrays.copyOfRange(text, digits + 1, text.length));
    }

    /** The archive's receive time: ISO with nanoseconds and no zone, meaning UTC. */
    private long nanos(String time) throws IOException {
        try {
            String local = time.endsWith("Z") ? time.substring(0, time.length() - 1) : time;
            Instant parsed = LocalDateTime.parse(local).toInstant(ZoneOffset.UTC);
            return parsed.getEpochSecond() * 1_000_000_000L + parsed.getNano();
        } catch (DateTimeParseException e) {
            throw new IOException(
                    "recording " + path + " line " + lineNumber + ": time '" + time
                            + "' before raw must be as in 2025-01-01T00:00:02.238437296",
                    e);
        }
    }
}
