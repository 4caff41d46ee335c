package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.market.AssetVerdict;
import dev.millrace.market.Standing;
import dev.millrace.market.UniverseDecision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code /health} and {@code millrace status} tell of the universe. */
class UniverseStatusTest {

    /** 2026-11-23 00:10 UTC. */
    private static final long DECIDED_MS = 1_795_392_600_000L;

    private static final UniverseDecision DECISION = new UniverseDecision(
            DECIDED_MS,
            "3 coins are eligible",
            List.of(verdict("SOL", true), verdict("ETH", false), verdict("BTC", true)));

    private static AssetVerdict verdict(String coin, boolean member) {
        return new AssetVerdict(coin, null, null, 1, new Standing(member, 0, 0, 0), "");
    }

    @Test
    void shouldNameTheMembersByRankAndWhenTheyWereDecided() {
        assertEquals("2 of 3 coins since 2026-11-23T00:10:00Z: 3 coins are eligible", UniverseStatus.words(DECISION));
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("members", 2);
        figures.put("looked_at", 3);
        figures.put("decided", "2026-11-23T00:10:00Z");
        figures.put("note", "3 coins are eligible");
        figures.put("coins", List.of("SOL", "BTC"));
        assertEquals(figures, UniverseStatus.figures(DECISION));
        assertEquals(
                List.copyOf(figures.keySet()),
                List.copyOf(UniverseStatus.figures(DECISION).keySet()),
                "in the order in which one reads them");
    }

    @Test
    void shouldSayThatNothingIsDecidedYet() {
        assertEquals("no decision yet", UniverseStatus.words(UniverseDecision.NONE));
        Map<String, Object> figures = UniverseStatus.figures(UniverseDecision.NONE);
        assertEquals("", figures.get("decided"), "not 1970");
        assertEquals(0, figures.get("members"));
        assertEquals("no decision yet", figures.get("note"));
    }
}
