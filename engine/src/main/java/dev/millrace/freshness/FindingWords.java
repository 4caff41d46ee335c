package dev.millrace.freshness;

import dev.millrace.market.Channel;
import java.util.Locale;
import java.util.function.IntFunction;

/** What was found, in words for people. Put together only for what is told. */
final class FindingWords {

    private final IntFunction<String> names;
    private final Cadences cadences;

    FindingWords(IntFunction<String> names, Cadences cadences) {
        this.names = names;
        this.cadences = cadences;
    }

    FreshnessReport.Subject subject(Stream stream) {
        String coin = stream.kind == StreamKind.MIDS ? "" : names.apply(stream.symbol);
        String channel = stream.kind.label() + (stream.detail.isEmpty() ? "" : " " + stream.detail);
        return new FreshnessReport.Subject(coin, channel, stream.connection, stream.state, stream.reason);
    }

    /** Of several streams that are like this one. */
    String alike(Stream first, int count) {
        return first.kind.label() + " of " + count + " coins, such as " + names.apply(first.symbol) + ", is "
                + first.state.label() + " on connection " + first.connection + ": " + first.reason;
    }

    /** Of the state that the stream is in, a clause. */
    String reason(Stream stream, long nowMs) {
        return switch (stream.state) {
            case MUTE -> mute(stream, nowMs);
            case SLOW ->
                stream.incomplete
                        ? "it came again after a silence, and only a snapshot shows what is missing"
                        : "it comes every " + seconds(stream.cadence.learnedMs()) + ", before every "
                                + seconds(stream.cadence.referenceMs());
            case UNWITNESSED -> "it is silent, and no other stream shows whether that is right";
            case LIVE -> "it comes again";
            case PENDING -> "nothing yet";
        };
    }

    private String mute(Stream stream, long nowMs) {
        if (nowMs >= stream.challengeMs) {
            return stream.challenge + ", and nothing came";
        }
        return stream.kind.clocked()
                ? "nothing for " + seconds(nowMs - stream.quietSinceMs()) + usual(stream)
                : "nothing comes on its connection";
    }

    private String usual(Stream stream) {
        long known =
                stream.cadence.learnedMs() == Cadence.UNKNOWN ? cadences.of(stream.kind) : stream.cadence.learnedMs();
        return known == Cadence.UNKNOWN ? "" : ", usually every " + seconds(known);
    }

    static String cadence(StreamKind kind, long beforeMs, long afterMs) {
        return "the venue changed the cadence of " + kind.label() + " from " + seconds(beforeMs) + " to "
                + seconds(afterMs);
    }

    static String lag(Line line) {
        return line.lagging
                ? "connection " + line.connection + " is lagging: what it brings is " + seconds(line.lagMs)
                        + " older than usual"
                : "connection " + line.connection + " is not late any more";
    }

    static String breaker(Breaker breaker) {
        return label(breaker.channel) + " on connection " + breaker.connection
                + (breaker.isOpen()
                        ? ": more than 5 % of the frames cannot be decoded; they are journaled, and nothing is derived of"
                                + " them: millrace journal cat --bad"
                        : ": the frames can be decoded again");
    }

    static String label(Channel channel) {
        return channel == Channel.NOT_A_MESSAGE ? "what is no message" : channel.wireName();
    }

    private static String seconds(long ms) {
        return String.format(Locale.ROOT, "%.1f s", ms / 1e3);
    }
}
