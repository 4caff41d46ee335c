package dev.millrace.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** Sends one reply: whole, cut short or byte by byte. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the connection
final class ReplyWriter {

    private final ChannelHandlerContext context;
    private final Alarms alarms;
    private final boolean keepAlive;

    ReplyWriter(ChannelHandlerContext context, Alarms alarms, boolean keepAlive) {
        this.context = context;
        this.alarms = alarms;
        this.keepAlive = keepAlive;
    }

    /** All of it. */
    void whole(Reply reply) {
        ByteBuf body = Unpooled.copiedBuffer(reply.body(), StandardCharsets.UTF_8);
        HttpResponse response = head(
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()), body),
                reply,
                body.readableBytes());
        end(context.writeAndFlush(response));
    }

    /** Announces all, sends half and closes. */
    void half(Reply reply) {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        context.write(head(reply, body.length));
        context.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(body, 0, body.length / 2)))
                .addListener(ChannelFutureListener.CLOSE);
    }

    /** The head at once, then a byte each time. */
    void slowly(Reply reply, long everyNs) {
        ByteBuf body = Unpooled.copiedBuffer(reply.body(), StandardCharsets.UTF_8);
        context.writeAndFlush(head(reply, body.readableBytes()));
        drip(body, everyNs);
    }

    private void drip(ByteBuf body, long everyNs) {
        if (body.isReadable() && context.channel().isActive()) {
            ByteBuf next = Unpooled.buffer(1).writeByte(body.readByte());
            alarms.after(everyNs, () -> drip(body, everyNs)); // before the byte: whoever reads it may move the clock
            context.writeAndFlush(new DefaultHttpContent(next));
        } else {
            end(context.writeAndFlush(new DefaultLastHttpContent()));
        }
    }

    private HttpResponse head(Reply reply, int length) {
        return head(
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status())),
                reply,
                length);
    }

    private HttpResponse head(HttpResponse response, Reply reply, int length) {
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, reply.type());
        HttpUtil.setContentLength(response, length);
        HttpUtil.setKeepAlive(response, keepAlive);
        return response;
    }

    private void end(ChannelFuture sent) {
        if (!keepAlive) {
            sent.addListener(ChannelFutureListener.CLOSE);
        }
    }
}
