package dev.millrace.simulator;

import dev.millrace.market.Subscription;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A few ten thousand frames written beforehand, WebSocket headers included, that are sent round and round. Each time
 * round, times and trade ids are overwritten in place, digit for digit, so that a client sees new trades at the price
 * of a copy. Shared by all sockets: one thread, and a frame is copied out before the next one is touched.
 *
 * <p>Books, bbo and trades agree within a round. Candles and contexts begin again with it, so their sums do not add up
 * over rounds.
 *
 * <pre>
 * bytes   | header payload | header payload | …     start[i] is where frame i begins
 * patch   | offset width kind value | …             patchStart[i] is where the patches of frame i begin
 * </pre>
 */
final class FrameBlock {

    /** Frames of a round, one for each ms of exchange time. */
    static final int FRAMES = 32_768;

    private static final byte[] TRADES_HEAD = "{\"channel\":\"trades\",\"data\":[".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRADES_TAIL = "]}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] COMMA = {','};
    private static final int TIME = 0;
    private static final int TID = 1;
    private static final int CANDLE_START = 2;
    private static final int CANDLE_END = 3;
    private static final int TIME_WIDTH = 13;
    private static final long TID_STEP = 0x2_71A3_5C4F_9D03L;
    private static final long TID_LIMIT = 1L << 50;
    private static final long[] POWERS = powers();

    private final List<Subscription> topics = new ArrayList<>();
    private final int[] topic = new int[FRAMES];
    private final int[] trades = new int[FRAMES];
    private final int[] payload = new int[FRAMES];
    private final int[] start = new int[FRAMES + 1];
    private final int[] patchStart = new int[FRAMES + 1];
    private final byte[] bytes;
    private int[] patchOffset = new int[FRAMES * 4];
    private byte[] patchKind = new byte[FRAMES * 4];
    private byte[] patchWidth = new byte[FRAMES * 4];
    private long[] patchValue = new long[FRAMES * 4];
    private int patches;

    FrameBlock(MarketModel model, Mix mix) {
        Composer composer = new Composer(model, mix);
        Map<Subscription, Integer> ids = new HashMap<>();
        ByteArrayOutputStream all = new ByteArrayOutputStream(FRAMES * 800);
        for (int i = 0; i < FRAMES; i++) {
            byte[] frame = composer.next(i);
            topic[i] = ids.computeIfAbsent(composer.subscription(), this::addTopic);
            trades[i] = composer.trades();
            payload[i] = frame.length;
            all.writeBytes(Wire.header(frame.length));
            findPatches(frame, all.size());
            all.writeBytes(frame);
            start[i + 1] = all.size();
            patchStart[i + 1] = patches;
        }
        bytes = all.toByteArray();
    }

    List<Subscription> topics() {
        return topics;
    }

    /** Index in {@link #topics} of what a frame belongs to. */
    int topic(int frame) {
        return topic[frame];
    }

    int trades(int frame) {
        return trades[frame];
    }

    int payload(int frame) {
        return payload[frame];
    }

    /** Appends a frame as it is in this round, at this exchange time. */
    void write(int frame, long timeMs, long round, ByteBuf target) {
        patch(frame, timeMs, round);
        target.writeBytes(bytes, start[frame], start[frame + 1] - start[frame]);
    }

    private void patch(int frame, long timeMs, long round) {
        for (int i = patchStart[frame]; i < patchStart[frame + 1]; i++) {
            JsonText.writeDigits(bytes, patchOffset[i], patchWidth[i], value(i, timeMs, round));
        }
    }

    /**
     * A frame of trades.
     *
     * @param text JSON
     * @param count trades in it
     */
    record Snapshot(String text, int count) {

        static final Snapshot NONE = new Snapshot("", 0);
    }

    /** The last trades of a stream before a place in it, at MAX pace; none where it has not begun. */
    Snapshot tradesBefore(Subscription stream, long position, long startMs) {
        int id = topics.indexOf(stream);
        Deque<byte[]> found = new ArrayDeque<>();
        int count = 0;
        long oldest = Math.max(0, position - FRAMES);
        for (long at = position - 1; at >= oldest && count < CoinMarket.SNAPSHOT_TRADES; at--) {
            int frame = (int) (at % FRAMES);
            if (topic[frame] == id) {
                found.addFirst(elements(frame, startMs + at, at / FRAMES));
                count += trades[frame];
            }
        }
        if (count == 0) {
            return Snapshot.NONE;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(TRADES_HEAD);
        for (byte[] one : found) {
            all.writeBytes(all.size() == TRADES_HEAD.length ? new byte[0] : COMMA);
            all.writeBytes(one);
        }
        all.writeBytes(TRADES_TAIL);
        return new Snapshot(all.toString(StandardCharsets.US_ASCII), count);
    }

    /** The trades of a frame without what is around them. */
    private byte[] elements(int frame, long timeMs, long round) {
        patch(frame, timeMs, round);
        int from = start[frame + 1] - payload[frame] + TRADES_HEAD.length;
        return Arrays.copyOfRange(bytes, from, start[frame + 1] - TRADES_TAIL.length);
    }

    private long value(int patch, long timeMs, long round) {
        return switch (patchKind[patch]) {
            case TIME -> timeMs;
            case TID -> tid(patchValue[patch], patchWidth[patch], round);
            case CANDLE_START -> Candles.startMs((int) patchValue[patch], timeMs);
            default -> Candles.endMs((int) patchValue[patch], timeMs) - 1;
        };
    }

    /** Another id of as many digits and at most 50 bits; the product may wrap round. */
    private static long tid(long first, int width, long round) {
        long low = width == 1 ? 0 : POWERS[width - 1];
        long range = Math.min(POWERS[width], TID_LIMIT) - low;
        return low + Math.floorMod(first - low + round * TID_STEP, range);
    }

    private int addTopic(Subscription subscription) {
        topics.add(subscription);
        return topics.size() - 1;
    }

    private void findPatches(byte[] frame, int base) {
        for (int i = 2; i < frame.length - 1; i++) {
            if (frame[i] == ':' && frame[i - 1] == '"') {
                int kind = kind(frame, i);
                if (kind >= 0) {
                    addPatch(frame, i + 1, base, kind);
                }
            }
        }
    }

    private static int kind(byte[] frame, int colon) {
        if (endsWith(frame, colon, "\"time\"")) {
            return TIME;
        }
        if (endsWith(frame, colon, "\"tid\"")) {
            return TID;
        }
        if (endsWith(frame, colon, "{\"t\"")) {
            return CANDLE_START;
        }
        return endsWith(frame, colon, ",\"T\"") ? CANDLE_END : -1;
    }

    private static boolean endsWith(byte[] frame, int end, String text) {
        int from = end - text.length();
        for (int i = 0; i < text.length(); i++) {
            if (from < 0 || frame[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void addPatch(byte[] frame, int offset, int base, int kind) {
        if (patches == patchOffset.length) {
            patchOffset = Arrays.copyOf(patchOffset, patches * 2);
            patchKind = Arrays.copyOf(patchKind, patches * 2);
            patchWidth = Arrays.copyOf(patchWidth, patches * 2);
            patchValue = Arrays.copyOf(patchValue, patches * 2);
        }
        int width = 0;
        long value = 0;
        while (frame[offset + width] >= '0' && frame[offset + width] <= '9') {
            value = value * 10 + frame[offset + width++] - '0';
        }
        patchOffset[patches] = base + offset;
        patchKind[patches] = (byte) kind;
        patchWidth[patches] = (byte) (kind == TID ? width : TIME_WIDTH);
        patchValue[patches++] = kind == TID ? value : intervalOf(frame);
    }

    private static int intervalOf(byte[] frame) {
        return FrameRoute.of(frame)
                .map(route -> Candles.INTERVALS.indexOf(route.subscription().interval()))
                .orElse(-1);
    }

    private static long[] powers() {
        long[] powers = new long[18];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }
}
