package dev.millrace.simulator;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import java.io.IOException;
import java.util.Map;

/**
 * {@code POST /info} with the venue's refusals (405, 415, 400 and 422 with plain text, 429 over the budget) and
 * {@code GET /fng/}; everything else is 404. What goes wrong on purpose is decided here and done by {@link ReplyFault}.
 */
final class RestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final String FEAR_GREED = "/fng/";

    private final RequestJson json = new RequestJson();
    private final Exchange exchange;
    private final FearGreedReplies fearGreed;

    RestHandler(Exchange exchange) {
        this.exchange = exchange;
        this.fearGreed = new FearGreedReplies(exchange.market());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) throws IOException {
        ReplyWriter writer = new ReplyWriter(ctx, exchange.alarms(), HttpUtil.isKeepAlive(request));
        if (request.uri().equals("/info")) {
            info(request, writer);
        } else if (isFearGreed(request)) {
            answer(new Asked("fng", ""), fearGreed.reply(request.uri()), 0, writer);
        } else {
            writer.whole(Reply.text(404, ""));
        }
    }

    private static boolean isFearGreed(FullHttpRequest request) {
        return request.method().equals(HttpMethod.GET)
                && request.uri().replaceFirst("\\?.*", "").equals(FEAR_GREED);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nothing follows the close
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        exchange.onSocketError(cause);
        ctx.close();
    }

    /** What a request asks for, as far as faults and the log care. */
    private record Asked(String type, String coin) {

        static Asked of(Map<?, ?> request) {
            Object coin = request.get("req") instanceof Map<?, ?> inner ? inner.get("coin") : request.get("coin");
            return new Asked(
                    request.get("type") instanceof String type ? type : "", coin instanceof String name ? name : "");
        }
    }

    private void info(FullHttpRequest request, ReplyWriter writer) throws IOException {
        if (!request.method().equals(HttpMethod.POST)) {
            answer(new Asked("", ""), Reply.text(405, ""), 0, writer);
            return;
        }
        String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
        if (!type.startsWith("application/json")) {
            Reply refused = Reply.text(415, "Expected request with `Content-Type: application/json`");
            answer(new Asked("", ""), refused, 0, writer);
            return;
        }
        Object body;
        try {
            body = json.read(ByteBufUtil.getBytes(request.content()));
        } catch (IOException refused) {
            Reply reply = Reply.text(400, "Failed to parse the request body as JSON");
            answer(new Asked("", ""), reply, Weights.of("", 0), writer);
            return;
        }
        Map<?, ?> fields = body instanceof Map<?, ?> map ? map : Map.of();
        Asked asked = Asked.of(fields);
        Reply reply = exchange.info().reply(fields);
        answer(asked, reply, Weights.of(asked.type(), reply.items()), writer);
    }

    private void answer(Asked asked, Reply reply, int weight, ReplyWriter writer) throws IOException {
        if (!exchange.weigh(weight)) {
            log(asked, 0, 429);
            writer.whole(Reply.tooMany());
            return;
        }
        for (ArmedFault armed : exchange.faults().rest()) {
            boolean meant =
                    armed.fault().allows("type", asked.type()) && armed.fault().allows("coin", asked.coin());
            if (meant && armed.strikes()) {
                Reply changed = ReplyFault.of(armed.fault(), reply);
                log(asked, weight, ReplyFault.status(armed.fault(), changed));
                ReplyFault.send(armed.fault(), changed, writer);
                return;
            }
        }
        log(asked, weight, reply.status());
        writer.whole(reply);
    }

    /** Before the reply goes out, so that who has read it finds it in the log. */
    private void log(Asked asked, int weight, int status) throws IOException {
        exchange.requests().add(new LoggedRequest(exchange.sinceStartNs(), asked.type(), asked.coin(), weight, status));
    }
}
