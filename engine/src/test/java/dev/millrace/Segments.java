package dev.millrace;

import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.RecordedFrame;
import dev.millrace.simulator.RecordedFrames;
import dev.millrace.simulator.Recording;
import dev.millrace.simulator.SimulatedCoin;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * Recordings that are played in turn, one to each connection: after the last frame of each the exchange ends the
 * connection. Those that come after the last recording get nothing.
 */
final class Segments implements RecordedFrames.Source {

    private static final long START_MS = 1_756_904_000_000L;

    private final Queue<List<byte[]>> left = new ArrayDeque<>();

    private Segments(List<List<byte[]>> segments) {
        left.addAll(segments);
    }

    /** An exchange with these coins that plays them as fast as its socket drains. */
    static Simulator play(List<String> coins, List<List<byte[]>> segments) throws IOException {
        MarketModel market = MarketModel.of(1, START_MS)
                .withCoins(coins.stream().map(SimulatedCoin::named).toList());
        return Simulator.start(SimulatorConfig.of(market)
                .withRecording(new Recording(new Segments(segments), Double.POSITIVE_INFINITY, false)));
    }

    static byte[] bytes(String frame) {
        return frame.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public RecordedFrames open() {
        Iterator<byte[]> frames =
                left.isEmpty() ? List.<byte[]>of().iterator() : left.poll().iterator();
        return new RecordedFrames() {
            @Override
            public Optional<RecordedFrame> next() {
                return frames.hasNext() ? Optional.of(new RecordedFrame(0, frames.next())) : Optional.empty();
            }

            @Override
            public void close() {
                // Nothing is held open.
            }
        };
    }
}
