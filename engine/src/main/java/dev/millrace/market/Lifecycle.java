package dev.millrace.market;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What happened to a connection or to the intake, as the text payload of a {@link RecordKind#LIFECYCLE} record:
 * the event's label, then a space and free detail, for example {@code lost read timed out after 30 s}.
 */
public enum Lifecycle {
    /** A socket is being opened; detail: the address. */
    CONNECTING("connecting"),
    /** The WebSocket handshake is done; detail: the address. */
    CONNECTED("connected"),
    /** The connection is gone, whatever closed it; detail: why. Also written for a handshake that failed. */
    LOST("lost"),
    /** No acknowledgement came in time; detail: the subscription as sent. */
    ACK_TIMEOUT("ack-timeout"),
    /** The intake stopped before the disk was full; detail: free and required bytes. */
    INTAKE_STOPPED("intake-stopped"),
    /** The intake goes on; detail: free bytes. */
    INTAKE_RESUMED("intake-resumed"),
    /** A journal file was damaged and set aside at the start; detail: which, where and what was kept. */
    DAMAGED("damaged"),
    /** What is subscribed changes: detail: coins that enter and leave, with the number of their streams. */
    MEMBERSHIP("membership"),
    /** The session ends cleanly; nothing follows but records that were already on their way. */
    STOPPING("stopping");

    private final String label;

    Lifecycle(String label) {
        this.label = label;
    }

    /** The first word of the payload. */
    public String label() {
        return label;
    }

    /** The payload for this event. */
    public byte[] payload(String detail) {
        String text = detail.isEmpty() ? label : label + " " + detail;
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Reads the event of a payload; null for one that this version does not know. */
    public static Lifecycle of(byte[] payload, int length) {
        for (Lifecycle event : values()) {
            byte[] word = event.label.getBytes(StandardCharsets.UTF_8);
            if (length >= word.length
                    && Arrays.equals(payload, 0, word.length, word, 0, word.length)
                    && (length == word.length || payload[word.length] == ' ')) {
                return event;
            }
        }
        return null;
    }
}
