package dev.millrace.benchmarks.faults;

import static dev.millrace.benchmarks.faults.Sign.counter;
import static dev.millrace.benchmarks.faults.Sign.gap;
import static dev.millrace.benchmarks.faults.Sign.health;
import static dev.millrace.benchmarks.faults.Sign.log;

import java.util.List;

/** Every fault of the local exchange at least once, in the order in which it is met. */
final class Scenarios {

    private static final String MUTE = " is (mute|slow|live) on connection | to be replaced: nothing comes on it";
    private static final String GATED = "cannot be decoded|can be decoded again|" + MUTE;
    private static final String COLLECTING = "not collected: ";
    private static final String SENTIMENT = "sentiment cannot be read";
    private static final String LISTS = "; tried again every ";
    private static final String REST = COLLECTING + '|' + SENTIMENT + '|' + LISTS;

    static final List<Scenario> ALL = List.of(
            Scenario.of("cut:how=fin", 12, log("lost: closed without a word")),
            Scenario.of("cut:how=rst", 12, log("lost: ")),
            Scenario.of("half-open", 25, log("to be replaced: nothing comes on it"), health(" is mute "))
                    .also(MUTE),
            Scenario.of("stall:heals=reconnect,for=25s", 40, log("nothing comes on it"), health(" is mute "))
                    .also(MUTE),
            Scenario.of("stall:for=20s", 50, log("nothing comes on it"), health("trades of .* is mute "))
                    .also(MUTE),
            mute("trades,coin=BTC,heals=resubscribe,for=20s", 30, "trades of BTC"),
            mute("trades,coin=BTC,heals=reconnect,for=30s", 42, "trades of BTC"),
            mute("l2Book,coin=ETH,for=30s", 45, "l2Book(-fast)? of ETH"),
            mute("bbo,coin=BTC,for=25s", 36, "bbo of BTC"),
            mute("candle,coin=BTC,for=20s", 36, "candle 1m of BTC"),
            mute("activeAssetCtx,coin=BTC,for=15s", 26, "activeAssetCtx of BTC"),
            mute("allMids,for=25s", 38, "allMids"),
            Scenario.of("slow:by=15s,for=45s", 76, log("is lagging: "), health("is lagging"))
                    .also(MUTE + "|not late any more|it is late"),
            Scenario.of("cadence:every=2s,view=fast,for=40s", 90, log("the venue changed the cadence of l2Book-fast"))
                    .also(MUTE),
            Scenario.of(
                            "no-ack:channel=trades,coin=ETH",
                            32,
                            health("not acknowledged"),
                            counter("millrace_feed_ack_timeouts_total"))
                    .with("cut")
                    .also("lost: |not acknowledged"),
            Scenario.of("duplicate:what=frame x20", 8, counter("millrace_trades_duplicates_total")),
            Scenario.of("duplicate:what=trade x20", 8, counter("millrace_trades_duplicates_total")),
            Scenario.of("reorder:what=within x20", 8),
            Scenario.of("reorder:what=across x20", 8),
            Scenario.of("late:by=3s x5", 10),
            Scenario.of("malformed x3", 12, counter("millrace_codec_frames_not_a_message_total")),
            Scenario.of(
                            "malformed:channel=trades x300",
                            60,
                            log("cannot be decoded"),
                            health("cannot be decoded"),
                            gap("undecodable"))
                    .also(GATED),
            Scenario.of("truncated:what=text x3", 12, counter("millrace_codec_frames_not_a_message_total")),
            Scenario.of("truncated:what=frame", 12, log("lost: ")),
            Scenario.of("fragmented:parts=3 x20", 8),
            Scenario.of("huge:bytes=16777216", 12, counter("millrace_codec_frames_unknown_total")),
            Scenario.of("huge:bytes=16777217", 12, log("lost: .*16")),
            Scenario.of(
                    "wrong-type:channel=trades x3",
                    12,
                    gap("undecodable"),
                    counter("millrace_codec_refused_type_total")),
            Scenario.of("unknown:what=channel x5", 8, counter("millrace_codec_frames_unknown_total")),
            Scenario.of("unknown:what=key x5", 8, counter("millrace_codec_unknown_keys_total")),
            Scenario.of("clock-jump:by=-30s,for=15s", 40, log("the venue.s clock went back")),
            Scenario.of("clock-jump:by=30s,for=15s", 40, log("the venue.s clock went back")),
            Scenario.of("no-port:for=5s", 16, log("next attempt in"), health("the feed is not connected"))
                    .with("cut")
                    .also("lost: |refused"),
            rest("rest-429:for=12s"),
            Scenario.of("refuse:how=403 x3", 20, log("403"), health("the feed is not connected"))
                    .with("cut")
                    .also("lost: "),
            rest("rest-500:for=12s"),
            Scenario.of("refuse:how=429 x3", 20, log("429"), health("the feed is not connected"))
                    .with("cut")
                    .also("lost: "),
            rest("rest-null:for=12s"),
            Scenario.of("refuse:how=reset x3", 20, log("lost: "), health("the feed is not connected"))
                    .with("cut"),
            rest("rest-text:status=422,for=12s"),
            rest("rest-hang:for=12s"),
            rest("rest-slow:every=200ms,for=12s"),
            rest("rest-truncated:what=text,for=12s"),
            rest("rest-truncated:what=body,for=12s"),
            rest("rest-html:for=12s"),
            Scenario.of("rest-odd:for=12s x100000", 25)
                    .also(REST + "|a row of the venue.s is left out|is not compared"),
            Scenario.of("list:coin=NEW", 20, log("subscriptions change: \\+NEW")),
            Scenario.of("delist:coin=SOL", 30, log("subscriptions change: -SOL"))
                    .also(MUTE));

    private Scenarios() {}

    private static Scenario mute(String of, int slotS, String subject) {
        return Scenario.of(
                        "mute:channel=" + of,
                        slotS,
                        log(subject + " is mute "),
                        health(subject + " is mute "),
                        log(subject + " is live "))
                .also(subject + MUTE);
    }

    private static Scenario rest(String fault) {
        return Scenario.of(fault + " x100000", fault.matches("rest-(hang|slow).*") ? 34 : 25, log(REST))
                .also(REST)
                .until(COLLECTING, "collected [0-9]+ rows")
                .until(SENTIMENT, "sentiment is read again")
                .until(LISTS, "the venue answers again");
    }
}
