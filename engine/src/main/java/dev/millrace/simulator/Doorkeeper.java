package dev.millrace.simulator;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;

/** Refuses WebSockets over the limits, and those that a fault refuses. */
@SuppressWarnings("FutureReturnValueIgnored") // nothing follows the close
final class Doorkeeper extends ChannelInboundHandlerAdapter {

    private static final String TOO_MANY = "429";

    private final Exchange exchange;

    Doorkeeper(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        String refusal =
                message instanceof FullHttpRequest request && request.headers().contains(HttpHeaderNames.UPGRADE)
                        ? refusal()
                        : "";
        if (refusal.isEmpty()) {
            ctx.fireChannelRead(message);
        } else {
            ReferenceCountUtil.release(message);
            refuse(ctx, refusal);
        }
    }

    /** How this attempt is refused; empty when it is let in. */
    private String refusal() {
        if (!exchange.admits()) {
            return TOO_MANY;
        }
        for (ArmedFault armed : exchange.faults().connects()) {
            if (armed.strikes()) {
                return armed.fault().text("how");
            }
        }
        return "";
    }

    private static void refuse(ChannelHandlerContext ctx, String how) {
        if (how.equals("reset")) {
            ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            ctx.close();
            return;
        }
        var response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(Integer.parseInt(how)));
        HttpUtil.setContentLength(response, 0);
        HttpUtil.setKeepAlive(response, false);
        ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
}
