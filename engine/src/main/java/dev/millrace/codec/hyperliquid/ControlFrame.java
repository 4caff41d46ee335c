package dev.millrace.codec.hyperliquid;

import dev.millrace.market.Subscription;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the venue's control frames from data, on the event loop. A reusable view: one thread, valid until the next
 * {@link #read}.
 *
 * <p>The venue writes the key {@code channel} first, so a data frame is recognised by its first 13 bytes without
 * allocation. Any other beginning is walked to the top-level {@code channel}, also without allocation while it is JSON.
 */
public final class ControlFrame {

    /** What a payload is. */
    public enum Kind {
        /** Market data, an unknown channel, or no message of the venue at all: not for the feed to judge. */
        DATA,
        /** The venue holds {@link #subscription()} from here on: an acknowledgement. */
        SUBSCRIBED,
        /** The venue held {@link #subscription()} before: no acknowledgement, and no snapshot follows. */
        ALREADY_SUBSCRIBED,
        /** The venue no longer holds {@link #subscription()}. */
        UNSUBSCRIBED,
        /** Any other error; {@link #text()} is the venue's. */
        ERROR,
        /** The answer to a ping. */
        PONG
    }

    private static final byte[] HEAD = ascii("{\"channel\":\"");
    private static final byte[] ACK = ascii("subscriptionResponse\"");
    private static final byte[] ERROR = ascii("error\"");
    private static final byte[] PONG = ascii("pong\"");
    private static final Keys KEYS = new Keys("channel");
    private static final int CHANNEL = 0;
    private static final byte[][] NAMES = Text.words("subscriptionResponse", "error", "pong");
    private static final Kind[] KINDS = {Kind.SUBSCRIBED, Kind.ERROR, Kind.PONG};
    private static final String ALREADY_SUBSCRIBED = "Already subscribed: ";
    private static final String ALREADY_UNSUBSCRIBED = "Already unsubscribed: ";

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HEAD_LONG = (long) LONGS.get(HEAD, 0);
    private static final int HEAD_INT = (int) INTS.get(HEAD, 8);

    private final FrameReader in = new FrameReader();
    private final Text name = new Text();
    private Optional<Subscription> subscription = Optional.empty();
    private String text = "";

    /** What the payload is; fills the view unless it is DATA or PONG. */
    public Kind read(byte[] payload, int length) {
        Kind kind = kind(payload, length);
        return switch (kind) {
            case DATA, PONG -> kind;
            case SUBSCRIBED, ALREADY_SUBSCRIBED, UNSUBSCRIBED, ERROR -> readControl(payload, length);
        };
    }

    /** The subscription meant; empty when it is none that Millrace asks for, or the kind is ERROR. */
    public Optional<Subscription> subscription() {
        return subscription;
    }

    /** The venue's words of an ERROR or of an {@code Already …}; else empty. */
    public String text() {
        return text;
    }

    private Kind kind(byte[] payload, int length) {
        if (length <= HEAD.length
                || (long) LONGS.get(payload, 0) != HEAD_LONG
                || (int) INTS.get(payload, 8) != HEAD_INT) {
            return walk(payload, length);
        }
        return switch (payload[HEAD.length]) {
            case 's' -> startsWith(payload, length, ACK) ? Kind.SUBSCRIBED : Kind.DATA;
            case 'e' -> startsWith(payload, length, ERROR) ? Kind.ERROR : Kind.DATA;
            case 'p' -> startsWith(payload, length, PONG) ? Kind.PONG : Kind.DATA;
            default -> Kind.DATA;
        };
    }

    private static boolean startsWith(byte[] payload, int length, byte[] name) {
        int end = HEAD.length + name.length;
        return length >= end && Arrays.equals(payload, HEAD.length, end, name, 0, name.length);
    }

    /** Finds the top-level channel wherever it stands. */
    private Kind walk(byte[] payload, int length) {
        if (length == 0 || !opensObject(payload, length)) {
            return Kind.DATA;
        }
        try {
            in.start(payload, length);
            for (boolean more = in.enterObject(); more; more = in.nextMember()) {
                if (in.name(KEYS) == CHANNEL) {
                    return in.token() == '"' ? kindOfName() : Kind.DATA;
                }
                in.skip();
            }
            return Kind.DATA;
        } catch (IOException notJson) {
            // Kept and counted by the decoder, who sees every frame.
            return Kind.DATA;
        }
    }

    private Kind kindOfName() throws IOException {
        in.string(name);
        int index = name.indexIn(NAMES);
        return index < 0 ? Kind.DATA : KINDS[index];
    }

    private static boolean opensObject(byte[] payload, int length) {
        int at = 0;
        while (at < length
                && (payload[at] == ' ' || payload[at] == '\n' || payload[at] == '\r' || payload[at] == '\t')) {
            at++;
        }
        return at < length && payload[at] == '{';
    }

    private Kind readControl(byte[] payload, int length) {
        subscription = Optional.empty();
        text = "";
        try {
            Object data = SubscriptionText.object(payload, length).get("data");
            return data instanceof Map<?, ?> ack ? readAck(ack) : readError(data);
        } catch (IOException broken) {
            text = "not JSON: " + new String(payload, 0, Math.min(length, 200), StandardCharsets.UTF_8);
            return Kind.ERROR;
        }
    }

    private Kind readAck(Map<?, ?> ack) {
        if (!(ack.get("subscription") instanceof Map<?, ?> fields)) {
            text = "acknowledgement without a subscription: " + ack;
            return Kind.ERROR;
        }
        subscription = SubscriptionText.ofFields(fields);
        return "unsubscribe".equals(ack.get("method")) ? Kind.UNSUBSCRIBED : Kind.SUBSCRIBED;
    }

    private Kind readError(Object data) {
        text = String.valueOf(data);
        if (text.startsWith(ALREADY_SUBSCRIBED)) {
            return readAlready(ALREADY_SUBSCRIBED, Kind.ALREADY_SUBSCRIBED);
        }
        return text.startsWith(ALREADY_UNSUBSCRIBED)
                ? readAlready(ALREADY_UNSUBSCRIBED, Kind.UNSUBSCRIBED)
                : Kind.ERROR;
    }

    private Kind readAlready(String prefix, Kind kind) {
        byte[] json = text.substring(prefix.length()).getBytes(StandardCharsets.UTF_8);
        subscription = SubscriptionText.parse(json, json.length);
        return kind;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
