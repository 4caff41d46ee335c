package dev.millrace.feed;

import dev.millrace.market.NanoClock;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * First in the pipeline: notes when bytes came off the socket, before TLS and framing. A message's receive time is that
 * of the read that brought its last byte; messages of one read share it, as they did the wire.
 */
final class ReadStamp extends ChannelInboundHandlerAdapter {

    private final NanoClock clock;
    private long receiveNs;

    ReadStamp(NanoClock clock) {
        this.clock = clock;
    }

    long receiveNs() {
        return receiveNs;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        receiveNs = clock.nowNs();
        context.fireChannelRead(message);
    }
}
