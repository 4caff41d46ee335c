package dev.millrace.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.millrace.Waiting;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The venue's end of one connection. */
final class VenuePeer {

    final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final Channel channel;

    VenuePeer(Channel channel) {
        this.channel = channel;
    }

    /** The next text that the client sent. */
    String nextRequest() throws InterruptedException {
        String request = requests.poll(Waiting.PATIENCE_S, TimeUnit.SECONDS);
        assertNotNull(request, "no request");
        return request;
    }

    void text(String payload) {
        text(payload.getBytes(UTF_8));
    }

    void text(byte[] payload) {
        send(new TextWebSocketFrame(Unpooled.wrappedBuffer(payload)));
    }

    void binary(byte[] payload) {
        send(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(payload)));
    }

    /** One text message in pieces of at most this many bytes. */
    void fragments(byte[] payload, int piece) {
        for (int from = 0; from < payload.length; from += piece) {
            int length = Math.min(piece, payload.length - from);
            ByteBuf part = Unpooled.wrappedBuffer(payload, from, length);
            boolean last = from + length == payload.length;
            send(from == 0 ? new TextWebSocketFrame(last, 0, part) : new ContinuationWebSocketFrame(last, 0, part));
        }
    }

    /** Says goodbye. */
    void close(int code, String reason) {
        send(new CloseWebSocketFrame(code, reason));
    }

    /** Ends the connection without a word, after what was written. */
    void drop() {
        channel.eventLoop().execute(() -> channel.unsafe().close(channel.voidPromise()));
    }

    /** Ends the connection with a TCP reset. */
    void reset() {
        channel.eventLoop().execute(() -> {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            channel.unsafe().close(channel.voidPromise());
        });
    }

    private void send(WebSocketFrame frame) {
        channel.writeAndFlush(frame).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    /** Whether the kernel still takes what is written: false once the client has stopped reading for long. */
    boolean isWritable() {
        return channel.isWritable();
    }
}
