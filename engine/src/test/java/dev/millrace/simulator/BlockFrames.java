package dev.millrace.simulator;

import dev.millrace.market.Channel;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Subscription;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** What a stream at full speed sends, without the socket: every channel, round and round, one frame a millisecond. */
public final class BlockFrames {

    private final FrameBlock block;
    private final long startMs;
    private final ByteBuf wire = Unpooled.buffer(1 << 16);
    private long position;

    public BlockFrames(MarketModel model) {
        block = new FrameBlock(model, Mix.standard());
        startMs = model.startMs();
    }

    /** Exchange time of the next frame. */
    public long timeMs() {
        return startMs + position;
    }

    /** What the next frame belongs to. */
    public Subscription subscription() {
        return block.topics().get(block.topic(frame()));
    }

    /** Whether the next frame is a candle of an interval that nobody asked for. */
    public boolean isOtherCandle(String interval) {
        Subscription next = subscription();
        return next.channel() == Channel.CANDLE && !next.interval().equals(interval);
    }

    public void skip() {
        position++;
    }

    /** Makes an event of the next frame. */
    public void next(MarketEvent event, long source, long receiveNs) {
        wire.clear();
        block.write(frame(), timeMs(), position / FrameBlock.FRAMES, wire);
        int length = block.payload(frame());
        wire.getBytes(wire.writerIndex() - length, event.bytes(), 0, length);
        event.set(RecordKind.FRAME, source, receiveNs, length);
        position++;
    }

    private int frame() {
        return (int) (position % FrameBlock.FRAMES);
    }
}
