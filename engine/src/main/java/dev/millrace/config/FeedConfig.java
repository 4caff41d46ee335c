package dev.millrace.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * {@code feed.*}: what is subscribed and how a connection is kept.
 *
 * @param coins any of names, {@code all}, {@code universe}, {@code top:N}
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
 * @param lanes how subscriptions are spread over connections
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
        Duration reconnectMaxDelay,
        LanesConfig lanes) {

    private static final Set<String> CHANNELS =
            Set.of("trades", "l2Book", "l2Book-fast", "bbo", "allMids", "candle", "activeAssetCtx");
    private static final Set<String> INTERVALS =
            Set.of("1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "8h", "12h", "1d", "3d", "1w", "1M");
    private static final Pattern TOP = Pattern.compile("top:[1-9][0-9]{0,3}");
    private static final Duration VENUE_IDLE_LIMIT = Duration.ofSeconds(60);

    public FeedConfig {
        coins = Check.distinct("feed.coins", coins);
        checkCoins(coins);
        channels = Check.distinct("feed.channels", channels);
        Check.that(
                !channels.isEmpty() && CHANNELS.containsAll(channels),
                "feed.channels",
                channels,
                "must be of trades l2Book l2Book-fast bbo allMids candle activeAssetCtx");
        candleIntervals = Check.distinct("feed.candle-intervals", candleIntervals);
        checkIntervals(channels, candleIntervals);
        checkTimes(pingInterval, silenceLimit, ackTimeout, connectTimeout);
        Check.range("feed.subscribe-per-second", subscribePerSecond, 1, 1_000_000);
        Check.positive("feed.reconnect.min-delay", reconnectMinDelay);
        Check.that(
                reconnectMaxDelay.compareTo(reconnectMinDelay) >= 0,
                "feed.reconnect.max-delay",
                reconnectMaxDelay,
                "must be at least feed.reconnect.min-delay, " + Durations.text(reconnectMinDelay));
    }

    private static void checkCoins(List<String> coins) {
        String valid = "must be names as the venue spells them, all, universe, or top:N with N from 1 to 9999";
        Check.that(!coins.isEmpty(), "feed.coins", coins, valid);
        for (String coin : coins) {
            boolean plain = !coin.isEmpty() && coin.chars().noneMatch(c -> c <= ' ' || c == '"' || c == '\\');
            boolean counted = !coin.startsWith("top:") || TOP.matcher(coin).matches();
            Check.that(plain && counted, "feed.coins", coins, valid);
        }
    }

    private static void checkIntervals(List<String> channels, List<String> intervals) {
        Check.that(
                INTERVALS.containsAll(intervals),
                "feed.candle-intervals",
                intervals,
                "must be of 1m 3m 5m 15m 30m 1h 2h 4h 8h 12h 1d 3d 1w 1M");
        Check.that(
                !channels.contains("candle") || !intervals.isEmpty(),
                "feed.candle-intervals",
                intervals,
                "must name at least one for the channel candle");
    }

    private static void checkTimes(Duration ping, Duration silence, Duration ack, Duration connect) {
        Check.positive("feed.ping-interval", ping);
        Check.that(
                ping.compareTo(VENUE_IDLE_LIMIT) < 0,
                "feed.ping-interval",
                ping,
                "must be shorter than 60 s, after which the venue closes an idle connection");
        Check.positive("feed.silence-limit", silence);
        Check.positive("feed.ack-timeout", ack);
        Check.positive("feed.connect-timeout", connect);
    }
}
