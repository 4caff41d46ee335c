package dev.millrace.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.market.BookFrame;
import dev.millrace.market.BookView;
import dev.millrace.market.Decimals;
import dev.millrace.market.Ladder;
import dev.millrace.market.Lifecycle;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.strategy.MarketView;
import dev.millrace.strategy.Strategy;
import dev.millrace.strategy.StrategyHost;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a strategy reads of the three views, from within its callbacks. */
class BookLaddersTest {

    private static final long T = 1_700_000_000_000L;

    @Test
    void shouldShowStrategiesEachViewAndAllAsOne() {
        Reader reader = new Reader();
        Counters counters = new Counters();
        new Tape()
                .session(T, Tape.results(20, Duration.ofMinutes(1), "1m"))
                .lifecycle(Lifecycle.CONNECTED, 1, T)
                .frame(1, T + 100, book(T, false, "99", "98", "101"))
                .frame(1, T + 600, book(T + 500, true, "99.5", "99", "101"))
                .frame(1, T + 700, Frames.bbo("BTC", T + 600, "100", "101"))
                .frame(1, T + 800, Frames.bbo("BTC", T + 700, "102", "101"))
                .frame(1, T + 900, book(T + 800, false, "98", "99", "101"))
                .frame(1, T + 950, book(T + 400, true, "99.5", "99", "101"))
                .frame(1, T + 1_000, Frames.bbo("BTC", T + 900, "100", "101"))
                .play(market(reader, counters));
        assertEquals(
                List.of(
                        "SLOW 0 all 99@SLOW-0 98@SLOW-0",
                        "SLOW 500 FAST 0 all 99.5@FAST-0 99@FAST-0 98@SLOW-500",
                        "SLOW 600 FAST 100 BBO 0 all 100@BBO-0 99.5@FAST-100 99@FAST-100 98@SLOW-600",
                        "SLOW 900 FAST 400 BBO 0 all 100@BBO-0 99.5@FAST-400 99@FAST-400 98@SLOW-900"),
                reader.lines);
        assertEquals(1, counters.value("codec.refused.crossed"));
        assertEquals(1, counters.value("codec.refused.unsorted"));
        assertEquals(1, counters.value("books.older"));
    }

    private static Market market(Strategy strategy, Counters counters) {
        StrategyHost host = new StrategyHost(() -> List.of(strategy), counters, new ErrorLog(Clock.systemUTC()));
        return new Market(host, (gap, receiveNs) -> {}, counters);
    }

    private static String book(long timeMs, boolean fast, String bid, String nextBid, String ask) {
        String level = "{\"px\":\"%s\",\"sz\":\"1\",\"n\":1}";
        return "{\"channel\":\"l2Book\",\"data\":{\"coin\":\"BTC\",\"time\":" + timeMs + ",\"levels\":[["
                + String.format(level, bid) + "," + String.format(level, nextBid) + "],[" + String.format(level, ask)
                + "]]" + (fast ? ",\"fast\":true" : "") + "}}";
    }

    private static final class Reader implements Strategy {
        final List<String> lines = new ArrayList<>();
        private final Ladder ladder = new Ladder();
        private MarketView market;

        @Override
        public void onStart(MarketView view) {
            market = view;
        }

        @Override
        public void onBook(BookFrame book) {
            read(book.symbol);
        }

        @Override
        public void onBbo(BookFrame bbo) {
            read(bbo.symbol);
        }

        private void read(int symbol) {
            StringBuilder line = new StringBuilder();
            for (BookView view : BookView.values()) {
                market.readBook(symbol, view, ladder);
                line.append(ladder.isPresent() ? view + " " + ladder.topAgeMs() + " " : "");
            }
            market.readBooks(symbol, ladder);
            line.append("all");
            for (int i = 0; i < ladder.bids.count(); i++) {
                line.append(" " + Decimals.text(ladder.bids.price(i)) + "@" + ladder.bids.view(i) + "-"
                        + ladder.ageMs(ladder.bids, i + 1));
            }
            lines.add(line.toString());
        }
    }
}
