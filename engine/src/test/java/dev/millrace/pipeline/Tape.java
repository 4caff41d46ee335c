package dev.millrace.pipeline;

import dev.millrace.config.BarsConfig;
import dev.millrace.config.ClockConfig;
import dev.millrace.config.OrderConfig;
import dev.millrace.config.ResultConfig;
import dev.millrace.config.SessionHeader;
import dev.millrace.config.StartReason;
import dev.millrace.market.Basis;
import dev.millrace.market.Lifecycle;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Source;
import dev.millrace.market.Timeframe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A journal in memory: records in order, as a test writes them down. */
final class Tape {

    static final long MS = 1_000_000L;

    private final List<MarketEvent> records = new ArrayList<>();

    static ResultConfig results(int windowTrades, Duration revisionWindow, String... timeframes) {
        return new ResultConfig(
                new OrderConfig(windowTrades, 100_000, Duration.ofSeconds(30)),
                new ClockConfig(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(10)),
                new BarsConfig(
                        Stream.of(timeframes).map(Timeframe::parse).toList(),
                        List.of(Basis.TRADE),
                        Duration.ofMillis(500),
                        revisionWindow,
                        BarsConfig.EmptyBars.NONE));
    }

    Tape session(long receiveMs, ResultConfig results) {
        SessionHeader header =
                new SessionHeader("test", 1, StartReason.FIRST, "mainnet", "unknown", "A,B", "trades", results);
        return add(RecordKind.SESSION, 0, receiveMs, header.toPayload());
    }

    Tape lifecycle(Lifecycle what, int connection, long receiveMs) {
        return add(RecordKind.LIFECYCLE, connection, receiveMs, what.payload("test"));
    }

    Tape frame(int connection, long receiveMs, String text) {
        return add(RecordKind.FRAME, connection, receiveMs, text.getBytes(StandardCharsets.UTF_8));
    }

    Tape clock(long receiveMs) {
        return add(RecordKind.CLOCK, 0, receiveMs, new byte[0]);
    }

    Tape rest(long receiveMs, String exchange) {
        return add(RecordKind.REST, 0, receiveMs, exchange.getBytes(StandardCharsets.UTF_8));
    }

    Tape sentiment(long receiveMs, String exchange) {
        return add(RecordKind.SENTIMENT, 0, receiveMs, exchange.getBytes(StandardCharsets.UTF_8));
    }

    List<MarketEvent> records() {
        return records;
    }

    void play(Market market) {
        records.forEach(market::onEvent);
    }

    private Tape add(RecordKind kind, int connection, long receiveMs, byte[] payload) {
        MarketEvent event = new MarketEvent(payload.length);
        System.arraycopy(payload, 0, event.bytes(), 0, payload.length);
        int stream = connection == 0 ? Source.ENGINE : Source.HYPERLIQUID_WS;
        event.set(kind, Source.of(stream, connection, 0), receiveMs * MS, payload.length);
        event.sequence(records.size() + 1L);
        records.add(event);
        return this;
    }
}
