package dev.millrace.codec.alternativeme;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;

/**
 * A journal record of kind SENTIMENT: {@code <status> <path and query>}, a line feed, the reply's body byte for byte.
 *
 * @param status of HTTP
 * @param target path and query that were asked
 * @param body not copied
 */
@SuppressWarnings("ArrayRecordComponent") // passed on at once, compared by nobody
public record FearGreedRecord(int status, String target, byte[] body) {

    /** What is asked for the whole past. */
    public static final String ALL = "limit=0";

    /** The bytes of a record. */
    public byte[] toPayload() {
        byte[] head = (status + " " + target + "\n").getBytes(UTF_8);
        byte[] payload = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, payload, head.length, body.length);
        return payload;
    }

    /**
     * Reads the first {@code length} bytes.
     *
     * @throws IOException when they are no such record
     */
    public static FearGreedRecord parse(byte[] payload, int length) throws IOException {
        int end = 0;
        while (end < length && payload[end] != '\n') {
            end++;
        }
        String head = new String(payload, 0, end, UTF_8);
        if (end == length || !head.matches("[1-9][0-9]{2} .*")) {
            throw new IOException("a sentiment record begins with status and request, not with " + shortened(head));
        }
        byte[] body = Arrays.copyOfRange(payload, end + 1, length);
        return new FearGreedRecord(Integer.parseInt(head.substring(0, 3)), head.substring(4), body);
    }

    /** Whether the whole past was asked for. */
    public boolean isHistory() {
        return target.contains(ALL);
    }

    static String shortened(String text) {
        int most = 80;
        return text.length() > most ? text.substring(0, most) + "…" : text;
    }
}
