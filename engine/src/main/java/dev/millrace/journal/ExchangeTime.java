package dev.millrace.journal;

import com.dslplatform.json.DslJson;
import com.dslplatform.json.JsonReader;
import com.dslplatform.json.NumberConverter;
import java.io.IOException;

/**
 * The exchange time that a Hyperliquid frame carries: the greatest {@code time} of a {@code trades}, {@code l2Book} or
 * {@code bbo} frame, found without decoding the rest; other channels carry none. For recordings without receive times.
 */
final class ExchangeTime {

    static final long NONE = Long.MIN_VALUE;
    private static final long MAX_MS = Long.MAX_VALUE / 1_000_000;

    private final JsonReader<Object> json = new DslJson<>().newReader();
    private boolean carrier;
    private long latestMs;

    /** In ms since 1970, or {@link #NONE}. */
    long of(byte[] frame, int length) {
        carrier = false;
        latestMs = NONE;
        json.process(frame, length);
        try {
            if (length > 0 && json.getNextToken() == '{') {
                frame();
            }
        } catch (IOException | ArrayIndexOutOfBoundsException ignored) {
            // Plain text or a broken frame is kept, but tells no time; dsl-json overruns an escape that is cut off.
            return NONE;
        }
        return carrier ? latestMs : NONE;
    }

    private void frame() throws IOException {
        byte token = json.getNextToken();
        while (token == '"') {
            String key = json.readKey();
            if (key.equals("channel") && json.last() == '"') {
                String channel = json.readString();
                carrier = channel.equals("trades") || channel.equals("l2Book") || channel.equals("bbo");
                token = json.getNextToken();
            } else if (key.equals("data")) {
                token = data();
            } else {
                token = json.skip();
            }
            token = token == ',' ? json.getNextToken() : token;
        }
    }

    /** An object, or an array of objects; returns the token behind. */
    private byte data() throws IOException {
        if (json.last() == '{') {
            return element();
        }
        if (json.last() != '[') {
            return json.skip();
        }
        byte token = json.getNextToken();
        while (token != ']') {
            token = token == '{' ? element() : json.skip();
            token = token == ',' ? json.getNextToken() : token;
        }
        return json.getNextToken();
    }

    private byte element() throws IOException {
        byte token = json.getNextToken();
        while (token == '"') {
            String key = json.readKey();
            if (key.equals("time") && json.last() >= '0' && json.last() <= '9') {
                note(NumberConverter.deserializeLong(json));
                token = json.getNextToken();
            } else {
                token = json.skip();
            }
            token = token == ',' ? json.getNextToken() : token;
        }
        return json.getNextToken();
    }

    private void note(long ms) {
        if (ms > 0 && ms <= MAX_MS) {
            latestMs = Math.max(latestMs, ms);
        }
    }
}
