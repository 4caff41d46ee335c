package dev.millrace.simulator;

import dev.millrace.market.Subscription;
import java.util.Map;

/**
 * What a local exchange has sent so far. Frames count when they are handed to their socket.
 *
 * @param connections WebSockets open now
 * @param accepted WebSockets opened since the start
 * @param frames data frames; acknowledgements, errors, pongs and the greeting are in {@code controlFrames}
 * @param controlFrames every other text frame
 * @param bytes payload of the data frames
 * @param trades elements of the {@code trades} frames, snapshots included
 * @param subscriptions the same by subscription, over all connections
 */
public record SimulatorStats(
        int connections,
        long accepted,
        long frames,
        long controlFrames,
        long bytes,
        long trades,
        Map<Subscription, Sent> subscriptions) {

    /**
     * What one subscription has sent.
     *
     * @param frames data frames
     * @param bytes their payload
     * @param trades elements of {@code trades} frames
     */
    public record Sent(long frames, long bytes, long trades) {}
}
