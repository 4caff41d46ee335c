package dev.millrace.freshness;

import java.util.List;
import java.util.Map;

/**
 * How the subscriptions stand at one moment, for people.
 *
 * @param states how many subscriptions are in each state
 * @param unhealthy those that are neither live nor pending, in the order of their acknowledgement
 * @param cadenceMs by channel, as measured
 * @param lagging numbers of the connections that are late, with how late, ms
 * @param gated channels of which nothing is derived, a sentence each
 */
public record FreshnessReport(
        Map<StreamState, Integer> states,
        List<Subject> unhealthy,
        Map<String, Long> cadenceMs,
        Map<Integer, Long> lagging,
        List<String> gated) {

    /** Before anything was judged. */
    public static final FreshnessReport NOTHING =
            new FreshnessReport(Map.of(), List.of(), Map.of(), Map.of(), List.of());

    /**
     * A subscription that is not well.
     *
     * @param coin wire name; empty for mids
     * @param channel as in {@code feed.channels}; with the interval of candles, and with the exchange of mids that are not
     *     the venue's own
     * @param connection its number
     * @param reason a clause in words
     */
    public record Subject(String coin, String channel, int connection, StreamState state, String reason) {

        @Override
        public String toString() {
            String what = coin.isEmpty() ? channel : channel + " of " + coin;
            return what + " is " + state.label() + " on connection " + connection + ": " + reason;
        }
    }
}
