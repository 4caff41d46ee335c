package dev.millrace.ops;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
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
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers one connection's requests; whatever is not HTTP closes it. */
final class OpsPages extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(OpsPages.class);
    private static final String TEXT = "text/plain; charset=utf-8";

    private final Supplier<HealthReport> health;
    private final MetricsPage metrics;
    private final HealthPage healthPage = new HealthPage();

    OpsPages(Supplier<HealthReport> health, MetricsPage metrics) {
        this.health = health;
        this.metrics = metrics;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        boolean valid = request.decoderResult().isSuccess();
        FullHttpResponse response = valid ? answer(request) : text(HttpResponseStatus.BAD_REQUEST, "not a request");
        HttpUtil.setContentLength(response, response.content().readableBytes());
        boolean keepAlive = valid && HttpUtil.isKeepAlive(request);
        HttpUtil.setKeepAlive(response, keepAlive);
        ChannelFuture written = context.writeAndFlush(response);
        if (!keepAlive) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private FullHttpResponse answer(FullHttpRequest request) {
        String path = request.uri().replaceFirst("\\?.*", "");
        if (!path.equals("/health") && !path.equals("/metrics")) {
            return text(HttpResponseStatus.NOT_FOUND, "ask for /health or /metrics");
        }
        if (!request.method().equals(HttpMethod.GET)) {
            FullHttpResponse response = text(HttpResponseStatus.METHOD_NOT_ALLOWED, "only GET is answered");
            response.headers().set(HttpHeaderNames.ALLOW, "GET");
            return response;
        }
        try {
            return path.equals("/health")
                    ? health()
                    : page(HttpResponseStatus.OK, MetricsPage.CONTENT_TYPE, metrics.render());
        } catch (RuntimeException e) {
            LOG.error("{} failed", path, e);
            return text(HttpResponseStatus.INTERNAL_SERVER_ERROR, path + " failed: " + e);
        }
    }

    private FullHttpResponse health() {
        HealthReport report = health.get();
        HttpResponseStatus status = report.healthy() ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE;
        return page(status, "application/json", healthPage.render(report));
    }

    private static FullHttpResponse text(HttpResponseStatus status, String text) {
        return page(status, TEXT, (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static FullHttpResponse page(HttpResponseStatus status, String type, byte[] body) {
        ByteBuf content = Unpooled.wrappedBuffer(body);
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
        return response;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("connection closed: {}", cause.toString());
        ChannelFuture ignored = context.close();
    }
}
