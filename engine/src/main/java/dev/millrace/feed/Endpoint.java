package dev.millrace.feed;

import dev.millrace.config.HyperliquidConfig;
import dev.millrace.market.EventSink;
import dev.millrace.tls.TlsTrust;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.ssl.SslHandler;
import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** Where the venue's WebSocket is and how a pipeline talks to it. */
record Endpoint(URI uri, String host, int port, Optional<SSLContext> tls) {

    private static final int MAX_REPLY = 64 * 1024;

    static Endpoint of(HyperliquidConfig config) {
        URI uri = config.wsUrl();
        boolean secure = "wss".equalsIgnoreCase(uri.getScheme());
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
        Optional<SSLContext> tls = secure ? Optional.of(TlsTrust.context(config.tlsTrust())) : Optional.empty();
        return new Endpoint(uri, unbracketed(uri.getHost()), port, tls);
    }

    /** The handlers from the socket to whole messages. Time limits are the connection's own, not these handlers'. */
    void addHandlers(ChannelPipeline pipeline) {
        tls.ifPresent(context -> pipeline.addLast(tlsHandler(context)));
        WebSocketClientProtocolConfig config = WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(uri)
                .allowExtensions(false)
                .handleCloseFrames(false)
                .handshakeTimeoutMillis(Integer.MAX_VALUE)
                .maxFramePayloadLength(EventSink.MAX_PAYLOAD)
                // Bytes are journaled as they are; the decoder judges them.
                .withUTF8Validator(false)
                .build();
        pipeline.addLast(
                new HttpClientCodec(),
                new HttpObjectAggregator(MAX_REPLY),
                new WebSocketClientProtocolHandler(config),
                new WebSocketFrameAggregator(EventSink.MAX_PAYLOAD));
    }

    private SslHandler tlsHandler(SSLContext context) {
        SSLEngine engine = context.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        SslHandler handler = new SslHandler(engine);
        handler.setHandshakeTimeoutMillis(0);
        return handler;
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
