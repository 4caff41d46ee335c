package dev.millrace.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.util.List;

/**
 * Sends one socket's frames through the faults, one after the other, each of which may change, hold or drop them or end
 * the socket. It is in the pipeline only where there are such faults, or a witness.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the socket, which the session sees
final class FaultyWire extends ChannelOutboundHandlerAdapter {

    /** Then the socket is ended: a delay at full speed would take all memory. */
    private static final long MOST_HELD = 64L << 20;

    private final Exchange exchange;
    private final Runnable silenced;
    private final long socket;
    private FrameLine first;
    private ChannelHandlerContext context;
    private long heldBytes;
    private boolean over;

    /** @param silenced the socket is to stay open without a word */
    FaultyWire(Exchange exchange, Runnable silenced) {
        this.exchange = exchange;
        this.silenced = silenced;
        this.socket = exchange.nextSocket();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        first = new Step(null, null, null);
        List<ArmedFault> faults = exchange.faults().frames();
        for (int i = faults.size() - 1; i >= 0; i--) {
            ArmedFault armed = faults.get(i);
            first = new Step(armed, FrameFaults.of(armed, exchange::nowNs), first);
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf frames)) {
            ctx.write(message, promise);
            return;
        }
        try {
            while (frames.isReadable()) {
                first.send(OutFrame.of(Wire.payload(frames)));
            }
        } finally {
            frames.release();
        }
        if (!promise.isVoid()) {
            promise.trySuccess();
        }
    }

    /** A frame that this socket is sent later. */
    private final class Later implements FrameLine.Held {
        private final FrameLine line;
        private final OutFrame frame;
        private boolean gone;

        Later(FrameLine line, OutFrame frame) {
            this.line = line;
            this.frame = frame;
        }

        @Override
        public void go() {
            if (!gone) {
                gone = true;
                heldBytes -= frame.wire().length;
                line.send(frame);
                context.flush();
            }
        }

        @Override
        public boolean isGone() {
            return gone;
        }
    }

    /** One fault and the way on behind it; the last step has none and writes. */
    private final class Step implements FrameLine {
        private final ArmedFault armed;
        private final FrameFault fault;
        private final FrameLine next;

        Step(ArmedFault armed, FrameFault fault, FrameLine next) {
            this.armed = armed;
            this.fault = fault;
            this.next = next;
        }

        @Override
        public void send(OutFrame frame) {
            if (over) {
                return;
            }
            if (next == null) {
                exchange.witness().onSent(socket, frame.wire());
                context.write(Unpooled.wrappedBuffer(frame.wire()), context.voidPromise());
            } else if (FrameFaults.concerns(armed.fault(), frame) && armed.strikes()) {
                fault.take(frame, next);
            } else {
                fault.pass(frame, next);
            }
        }

        @Override
        public Held later(long delayNs, OutFrame frame) {
            heldBytes += frame.wire().length;
            if (heldBytes > MOST_HELD) {
                end(false);
            }
            Held held = new Later(this, frame);
            exchange.alarms().after(delayNs, held::go);
            return held;
        }

        @Override
        public void end(boolean reset) {
            over = true;
            if (reset) {
                context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
                context.close();
            } else {
                context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            }
        }

        @Override
        public void silence() {
            over = true;
            silenced.run();
        }
    }
}
