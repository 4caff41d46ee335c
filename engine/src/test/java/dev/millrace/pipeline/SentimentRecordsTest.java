package dev.millrace.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.market.MarketEvent;
import dev.millrace.market.SentimentReading;
import dev.millrace.market.TickSink;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.strategy.MarketView;
import dev.millrace.strategy.Strategy;
import dev.millrace.strategy.StrategyHost;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentimentRecordsTest {

    private static final String LAST_DAYS = "200 /fng/?limit=2&format=json\n";
    private static final String ALL_DAYS = "200 /fng/?limit=0&format=json\n";

    private final Counters counters = new Counters();
    private final Sink sink = new Sink();
    private final List<Integer> told = new ArrayList<>();
    private final Tape tape = new Tape();
    private boolean takesHistory;

    private final class Sink implements TickSink {

        private final List<Integer> values = new ArrayList<>();

        @Override
        public void onSentiment(SentimentReading reading, long sequence) {
            values.add(reading.value());
        }

        @Override
        public boolean takesSentimentHistory() {
            return takesHistory;
        }
    }

    private final class Listener implements Strategy {

        @Override
        public void onSentiment(SentimentReading reading) {
            told.add(reading.value());
        }
    }

    @Test
    void shouldTellNewsOnly() {
        tape.sentiment(1, LAST_DAYS + reply(day(2, 40), day(1, 30)));
        tape.sentiment(2, LAST_DAYS + reply(day(2, 40), day(1, 31))); // yesterday's correction
        tape.sentiment(3, LAST_DAYS + reply(day(2, 41)));
        tape.sentiment(4, LAST_DAYS + reply(day(1, 99))); // an older word
        tape.sentiment(5, LAST_DAYS + reply(day(2, 41), day(3, 41)));
        SentimentRecords records = play();
        assertEquals(List.of(40, 41, 41), told);
        assertEquals(List.of(40, 30, 40, 31, 41, 99, 41, 41), sink.values, "the tables decide for themselves");
        assertEquals(new SentimentReading(3 * 86_400_000L, 41, "Words", 5_000_000), records.newest());
    }

    @Test
    void shouldLeaveThePastToASinkThatTakesIt() {
        tape.sentiment(1, ALL_DAYS + reply(day(3, 50), day(2, 40)));
        play();
        assertEquals(List.of(), sink.values);
        takesHistory = true;
        play();
        assertEquals(List.of(50, 40), sink.values);
        assertEquals(List.of(), told);
    }

    @Test
    void shouldPassOverWhatIsNoReading() {
        tape.sentiment(1, "500 /fng/?limit=2&format=json\nnull");
        tape.sentiment(2, LAST_DAYS + "null");
        tape.sentiment(3, LAST_DAYS + reply(day(2, 40), day(2, 41)));
        tape.sentiment(4, "neither status nor line");
        play();
        assertEquals(List.of(40), told);
        assertEquals(3, counters.value("sentiment.refused"), "no JSON object, a day told twice, no such record");
    }

    private SentimentRecords play() {
        StrategyHost host = new StrategyHost(() -> List.of(new Listener()), counters, new ErrorLog(Clock.systemUTC()));
        MarketView nothing = null; // the listener does not look at it
        host.onStart(nothing);
        SentimentRecords records = new SentimentRecords(host, sink, counters);
        for (MarketEvent event : tape.records()) {
            records.onSentiment(event);
        }
        return records;
    }

    private static String day(int day, int value) {
        return "{\"value\":\"" + value + "\",\"value_classification\":\"Words\",\"timestamp\":\"" + day * 86_400L
                + "\"}";
    }

    private static String reply(String... days) {
        return "{\"data\":[" + String.join(",", days) + "]}";
    }
}
