package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.journal.JournalReader;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.replay.Pace;
import dev.millrace.simulator.Conduct;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon whose source of sentiment fails goes on, warns once, and is told the value when the source has recovered. */
class SentimentSourceTest {

    private static final long START_MS = 1_790_294_400_000L;

    @TempDir
    Path folder;

    private final Diary live = new Diary();

    @Test
    void shouldWarnOnceAndAskAgain() throws Exception {
        Conduct faulty = Conduct.good()
                .with("rest-500:type=fng")
                .with("rest-truncated:type=fng")
                .with("rest-html:type=fng");
        SimulatorConfig market = SimulatorConfig.of(MarketModel.of(7, START_MS)).withConduct(faulty);
        try (Simulator exchange = Simulator.start(market);
                Engine engine = Engine.launch(
                        Daemon.config(
                                folder,
                                exchange.wsUrl(),
                                exchange.restUrl(),
                                "feed.coins=BTC",
                                "sentiment.url=" + exchange.restUrl(),
                                "sentiment.poll-interval=1 s"),
                        List.of(live))) {
            live.await("a reading", () -> !told(live).isEmpty());
            List<String> warnings = engine.health().warnings();
            assertEquals(1, warnings.size(), warnings::toString);
            assertTrue(warnings.get(0).matches("sentiment: http://.*/fng/\\?limit=2&format=json: HTTP 500"));
            assertTrue(engine.health().problems().stream().noneMatch(problem -> problem.contains("sentiment")));
        }
        List<String> replies = replies();
        assertTrue(replies.get(0).startsWith("500 /fng/?limit=2&format=json\n"), replies.get(0));
        assertTrue(replies.size() >= 4, () -> replies.size() + " replies, bad ones included");
        assertEquals(told(live), told(Daemon.replay(folder, Pace.MAX).diary()));
    }

    private static List<String> told(Diary diary) {
        return diary.lines().stream()
                .filter(line -> line.startsWith("sentiment "))
                .toList();
    }

    private List<String> replies() {
        List<String> replies = new ArrayList<>();
        MarketEvent event = new MarketEvent(0);
        try (JournalReader journal = JournalReader.open(Daemon.journal(folder))) {
            while (journal.read(event)) {
                if (event.kind() == RecordKind.SENTIMENT) {
                    replies.add(new String(event.bytes(), 0, event.length(), StandardCharsets.UTF_8));
                }
            }
        }
        return replies;
    }
}
