package dev.millrace.codec.alternativeme;

import com.dslplatform.json.DslJson;
import com.dslplatform.json.JsonReader;
import com.dslplatform.json.ObjectConverter;
import dev.millrace.market.SentimentReading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Replies of {@code GET /fng/}. The source writes numbers as texts; both are read. An entry that cannot be read exactly is
 * refused and named, never mended; a reply that is no such reply at all is an {@link IOException} that says what it is
 * instead. Cold; one thread at a time.
 */
public final class FearGreedDecoder {

    private static final int MOST = 100;
    private static final int DEEPEST = 8;
    private static final int BEGINNING = 200;
    private static final long MS_PER_SECOND = 1_000;
    /** 2100, in seconds: what lies beyond is another unit. */
    private static final long LAST_S = 4_102_444_800L;

    private static final DslJson<Object> JSON = new DslJson<>();

    /**
     * Reads a whole body.
     *
     * @param receiveNs when the reply came, ns since 1970
     */
    public FearGreedReply decode(byte[] body, long receiveNs) throws IOException {
        Map<?, ?> reply = parse(body);
        if (reply.get("metadata") instanceof Map<?, ?> metadata && metadata.get("error") instanceof String error) {
            throw new IOException("the source answers with an error: " + FearGreedRecord.shortened(error));
        }
        if (!(reply.get("data") instanceof List<?> entries)) {
            throw new IOException("the reply has no list 'data': " + shown(body));
        }
        String name = reply.get("name") instanceof String text ? text : "";
        return read(name, entries, receiveNs);
    }

    private static FearGreedReply read(String name, List<?> entries, long receiveNs) throws IOException {
        List<SentimentReading> readings = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        Set<Long> days = new HashSet<>();
        OptionalLong untilUpdate = OptionalLong.empty();
        for (int i = 0; i < entries.size(); i++) {
            try {
                Map<?, ?> entry = entry(entries.get(i));
                SentimentReading reading = reading(entry, receiveNs);
                if (!days.add(reading.dayMs())) {
                    throw new IOException("timestamp: the day is told twice");
                }
                readings.add(reading);
                if (entry.containsKey("time_until_update")) {
                    untilUpdate = OptionalLong.of(whole(entry, "time_until_update", Long.MIN_VALUE, LAST_S));
                }
            } catch (IOException unreadable) {
                refused.add("data[" + i + "]." + unreadable.getMessage());
            }
        }
        if (readings.isEmpty()) {
            throw new IOException(refused.isEmpty() ? "the reply holds no reading" : refused.get(0));
        }
        return new FearGreedReply(name, readings, untilUpdate, refused);
    }

    private static Map<?, ?> entry(Object value) throws IOException {
        if (value instanceof Map<?, ?> entry) {
            return entry;
        }
        throw new IOException("value: an entry is an object, not " + FearGreedRecord.shortened("" + value));
    }

    private static SentimentReading reading(Map<?, ?> entry, long receiveNs) throws IOException {
        long day = whole(entry, "timestamp", 1, LAST_S);
        int value = (int) whole(entry, "value", 0, MOST);
        if (entry.get("value_classification") instanceof String text && !text.isBlank()) {
            return new SentimentReading(day * MS_PER_SECOND, value, text, receiveNs);
        }
        throw new IOException("value_classification is no text");
    }

    private static long whole(Map<?, ?> entry, String name, long least, long most) throws IOException {
        Object given = entry.get(name);
        String text = given instanceof String || given instanceof Number ? given.toString() : "";
        if (!text.matches("-?[0-9]{1,18}")) {
            throw new IOException(name + " should be a whole number, but is "
                    + FearGreedRecord.shortened(String.valueOf(given))
                    + (name.equals("timestamp") ? "; ask without date_format" : ""));
        }
        long number = Long.parseLong(text);
        if (number < least || number > most) {
            throw new IOException(name + " should be from " + least + " to " + most + ", but is " + number);
        }
        return number;
    }

    private Map<?, ?> parse(byte[] body) throws IOException {
        if (beginning(body).contains("fng_value,")) {
            throw new IOException("the reply is CSV in a wrapper that only looks like JSON; ask with format=json");
        }
        requireShallow(body);
        try {
            JsonReader<Object> reader = JSON.newReader(body, body.length);
            reader.getNextToken();
            Object value = ObjectConverter.deserializeObject(reader);
            if (value instanceof Map<?, ?> object && isBlankFrom(body, reader.getCurrentIndex())) {
                return object;
            }
        } catch (IOException
                | RuntimeException notJson) { // some text that was cut makes the parser run out of its array
            throw new IOException("the reply is not JSON: " + shown(body), notJson);
        }
        throw new IOException("the reply is not one JSON object: " + shown(body));
    }

    /** The parser calls itself for each level. */
    private static void requireShallow(byte[] body) throws IOException {
        int depth = 0;
        boolean inText = false;
        for (int i = 0; i < body.length; i++) {
            byte at = body[i];
            if (at == '"') {
                inText = !inText;
            } else if (inText && at == '\\') {
                i++;
            } else if (!inText && (at == '{' || at == '[')) {
                depth++;
            } else if (!inText && (at == '}' || at == ']')) {
                depth--;
            }
            if (depth > DEEPEST) {
                throw new IOException("the reply is nested deeper than " + DEEPEST + " levels");
            }
        }
    }

    private static boolean isBlankFrom(byte[] body, int from) {
        for (int i = from; i < body.length; i++) {
            if (body[i] != ' ' && body[i] != '\n' && body[i] != '\r' && body[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    private static String shown(byte[] body) {
        return body.length == 0
                ? "(empty)"
                : FearGreedRecord.shortened(beginning(body).replaceAll("\\s+", " "));
    }

    private static String beginning(byte[] body) {
        return new String(body, 0, Math.min(body.length, BEGINNING), StandardCharsets.UTF_8);
    }
}
