package dev.millrace.journal;

import com.dslplatform.json.DslJson;
import com.dslplatform.json.JsonReader;
import dev.millrace.market.EventSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/** Finds the frame in a line of an import and the time that belongs to it; reused line by line. */
final class ImportFrame {

    /** How the lines of a file are written; the first line decides for all. */
    enum Form {
        /** {@code <receive ns>}, a tab or a space, the frame. */
        TIMED,
        /** The archive's {@code {"time":…,"ver_num":…,"raw":<frame>}}; the time is UTC, ISO without a zone. */
        ARCHIVE,
        /** The frame alone, whatever its bytes. */
        BARE
    }

    private static final int MAX_DIGITS = 19;

    private final JsonReader<Object> json = new DslJson<>().newReader();
    private final ExchangeTime exchangeTime = new ExchangeTime();
    int offset;
    int length;
    /** Receive time, or for a bare frame its exchange time; only when {@link #timed}. */
    long ns;

    boolean timed;
    private boolean bare;

    /** The form of a file that begins with this line. */
    Form formOf(byte[] line, int lineLength) {
        if (digits(line, lineLength) > 0) {
            return Form.TIMED;
        }
        return switch (firstKey(line, lineLength)) {
            case "time", "ver_num", "raw" -> Form.ARCHIVE;
            default -> Form.BARE;
        };
    }

    /**
     * Reads a line.
     *
     * @throws IOException with what is wrong and what would be right
     */
    void parse(Form form, byte[] line, int lineLength) throws IOException {
        bare = form == Form.BARE;
        switch (form) {
            case TIMED -> parseTimed(line, lineLength);
            case ARCHIVE -> parseArchive(line, lineLength);
            case BARE -> parseBare(line, lineLength);
        }
        if (length > EventSink.MAX_PAYLOAD) {
            throw new IOException(
                    "the frame has " + length + " bytes; at most " + EventSink.MAX_PAYLOAD + " are taken");
        }
    }

    /** The receive time of this frame: its own, or carried on where a bare frame has none or an earlier one. */
    long receiveNs(long lastNs) {
        if (!timed) {
            return lastNs;
        }
        return bare ? Math.max(lastNs, ns) : ns;
    }

    private void parseTimed(byte[] line, int lineLength) throws IOException {
        int digits = digits(line, lineLength);
        try {
            ns = Long.parseLong(new String(line, 0, digits, StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            throw new IOException(
                    "'" + start(line, lineLength)
                            + "' does not begin with a receive time in ns and a tab or space, as the lines before it",
                    e);
        }
        timed = true;
        offset = digits + 1;
        length = lineLength - offset;
    }

    /** How many digits stand before a tab or space at the start of the line; 0 when it is not so. */
    private static int digits(byte[] line, int lineLength) {
        int count = 0;
        while (count < lineLength && count <= MAX_DIGITS && line[count] >= '0' && line[count] <= '9') {
            count++;
        }
        boolean separated = count < lineLength && (line[count] == '\t' || line[count] == ' ');
        return separated ? count : 0;
    }

    private void parseBare(byte[] line, int lineLength) {
        offset = 0;
        length = lineLength;
        long ms = exchangeTime.of(line, lineLength);
        timed = ms != ExchangeTime.NONE;
        ns = timed ? ms * 1_000_000 : 0;
    }

    private String firstKey(byte[] line, int lineLength) {
        try {
            json.process(line, lineLength);
            if (json.getNextToken() == '{' && json.getNextToken() == '"') {
                return json.readKey();
            }
        } catch (IOException | ArrayIndexOutOfBoundsException ignored) {
            // Not JSON: a bare frame may be anything; dsl-json overruns an escape that is cut off.
            return "";
        }
        return "";
    }

    private void parseArchive(byte[] line, int lineLength) throws IOException {
        String time = null;
        length = -1;
        json.process(line, lineLength);
        try {
            byte token = require('{', json.getNextToken());
            do {
                require('"', json.getNextToken());
                String key = json.readKey();
                if (key.equals("time")) {
                    time = json.readString();
                    token = json.getNextToken();
                } else {
                    token = value(key, line);
                }
            } while (token == ',');
            require('}', token);
        } catch (IOException | ArrayIndexOutOfBoundsException e) {
            throw new IOException(
                    "'" + start(line, lineLength) + "' is not a whole {\"time\",\"ver_num\",\"raw\"} object: "
                            + e.getMessage(),
                    e);
        }
        if (time == null || length <= 0) {
            throw new IOException("the object has no '" + (time == null ? "time" : "raw") + "'");
        }
        ns = utcNs(time);
        timed = true;
    }

    /** Passes over a value, noting where it lies when it is the frame; returns the token behind it. */
    private byte value(String key, byte[] line) throws IOException {
        int begin = json.getCurrentIndex() - 1;
        byte behind = json.skip();
        if (key.equals("raw")) {
            int end = json.getCurrentIndex() - 1;
            while (end > begin && line[end - 1] <= ' ') {
                end--;
            }
            offset = begin;
            length = end - begin;
        }
        return behind;
    }

    private static byte require(char wanted, byte token) throws IOException {
        if (token != wanted) {
            throw new IOException("'" + wanted + "' expected, not '" + (char) token + "'");
        }
        return token;
    }

    private static long utcNs(String time) throws IOException {
        try {
            return ChronoUnit.NANOS.between(
                    Instant.EPOCH, LocalDateTime.parse(time).toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new IOException("'time' must be like 2026-07-31T01:42:23.410781000 (UTC), not " + time, e);
        }
    }

    private static String start(byte[] line, int lineLength) {
        String text = new String(line, 0, Math.min(lineLength, 40), StandardCharsets.UTF_8);
        return lineLength > 40 ? text + "…" : text;
    }
}
