package dev.millrace.config;

import java.time.Duration;
import java.util.List;

/**
 * {@code feed.*}: what is subscribed and how a connection is kept.
 *
 * @param coins names, or one of {@code all}, {@code top:N}
 * @param channels of {@code trades l2Book l2Book-fast bbo allMids candle activeAssetCtx}
 * @param candleIntervals intervals of the candle channel
 * @param checkNames whether names are checked against the venue's metadata before subscribing
 * @param pingInterval JSON ping after this long without sending
 * @param silenceLimit a connection without any frame for this long is dead
 * @param ackTimeout time limit of each acknowledgement
 * @param connectTimeout time limit of opening a socket, TLS and WebSocket handshake included
 * @param subscribePerSecond pace of subscribing
 * @param reconnectMinDelay first back-off
 * @param reconnectMaxDelay cap of the back-off
 */
public record FeedConfig(
        List<String> coins,
        List<String> channels,
        List<String> candleIntervals,
        boolean checkNames,
        Duration pingInterval,
        Duration silenceLimit,
        Duration ackTimeout,
        Duration connectTimeout,
        int subscribePerSecond,
        Duration reconnectMinDelay,
        Duration reconnectMaxDelay) {}
