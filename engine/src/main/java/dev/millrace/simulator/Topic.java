package dev.millrace.simulator;

import dev.millrace.market.Channel;
import dev.millrace.market.Subscription;

/**
 * A subscription as the venue normalises it.
 *
 * @param subscription channel, coin, interval, dex and the fast flag
 * @param significantFigures {@code nSigFigs} of an aggregated book, 2 to 5; 0 for none
 * @param mantissa 2 or 5 together with five figures; 0 for none
 */
record Topic(Subscription subscription, int significantFigures, int mantissa) {

    static Topic of(Subscription subscription) {
        return new Topic(subscription, 0, 0);
    }

    Channel channel() {
        return subscription.channel();
    }

    String coin() {
        return subscription.coin();
    }

    boolean aggregated() {
        return significantFigures != 0;
    }

    /** False for what makes the venue close the socket. */
    boolean allowed() {
        boolean figures = significantFigures == 0 || (significantFigures >= 2 && significantFigures <= 5);
        boolean steps = mantissa == 0 || (significantFigures == 5 && (mantissa == 2 || mantissa == 5));
        return figures && steps;
    }

    /** The object in acknowledgements and errors, in the venue's key order. */
    String json() {
        String start = "{\"type\":\"" + channel().wireName() + '"';
        String named = ",\"coin\":\"" + coin() + '"';
        return switch (channel()) {
            case L2_BOOK ->
                start + named + ",\"nSigFigs\":" + orNull(significantFigures) + ",\"mantissa\":" + orNull(mantissa)
                        + ",\"fast\":" + subscription.fast() + '}';
            case CANDLE -> start + ",\"interval\":\"" + subscription.interval() + '"' + named + '}';
            case ALL_MIDS ->
                subscription.dex().isEmpty() ? start + '}' : start + ",\"dex\":\"" + subscription.dex() + "\"}";
            default -> start + named + '}';
        };
    }

    private static String orNull(int value) {
        return value == 0 ? "null" : Integer.toString(value);
    }
}
