package dev.millrace.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** {@code POST /info}, with the venue's refusals: 404, 405, 415, 400 and 422 with plain text. */
final class InfoHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private final RequestJson json = new RequestJson();
    private final Exchange exchange;
    private final InfoReplies replies;

    InfoHandler(Exchange exchange) {
        this.exchange = exchange;
        this.replies = new InfoReplies(exchange.market());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        InfoReplies.Reply reply = reply(request);
        ByteBuf body = Unpooled.copiedBuffer(reply.body(), StandardCharsets.UTF_8);
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()), body);
        boolean text = reply.status() >= 400 && reply.status() < 500;
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, text ? "text/plain; charset=utf-8" : "application/json");
        HttpUtil.setContentLength(response, body.readableBytes());
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        HttpUtil.setKeepAlive(response, keepAlive);
        var sent = ctx.writeAndFlush(response);
        if (!keepAlive) {
            sent.addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nothing follows the close
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        exchange.onSocketError(cause);
        ctx.close();
    }

    private InfoReplies.Reply reply(FullHttpRequest request) {
        if (!request.uri().equals("/info")) {
            return new InfoReplies.Reply(404, "");
        }
        if (!request.method().equals(HttpMethod.POST)) {
            return new InfoReplies.Reply(405, "");
        }
        String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
        if (!type.startsWith("application/json")) {
            return new InfoReplies.Reply(415, "Expected request with `Content-Type: application/json`");
        }
        byte[] body = ByteBufUtil.getBytes(request.content());
        try {
            return json.read(body) instanceof Map<?, ?> map ? replies.reply(map) : InfoReplies.undeserializable();
        } catch (IOException refused) {
            return new InfoReplies.Reply(400, "Failed to parse the request body as JSON");
        }
    }
}
