package dev.millrace.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.market.AssetMeasures;
import dev.millrace.market.AssetScores;
import dev.millrace.market.AssetVerdict;
import dev.millrace.market.BookMeasures;
import dev.millrace.market.DayMeasures;
import dev.millrace.market.Standing;
import dev.millrace.market.UniverseDecision;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionRecordTest {

    private static final UniverseDecision DECISION = new UniverseDecision(
            1_790_000_000_123L,
            "2 of 3 \"coins\"",
            List.of(
                    new AssetVerdict(
                            "kPEPE",
                            new AssetMeasures(
                                    10,
                                    1.1e9,
                                    new DayMeasures(30, 123_456_789.125, .0421),
                                    new BookMeasures(10, 4_860_000, 1.0 / 3, 2e-9, true)),
                            new AssetScores(.1 + .2, 1, .7),
                            1,
                            new Standing(true, 3, 0, 0),
                            "rank 1"),
                    new AssetVerdict(
                            "xyz:TSLA",
                            new AssetMeasures(
                                    0,
                                    Double.NaN,
                                    new DayMeasures(0, 0, Double.NaN),
                                    new BookMeasures(0, 0, Double.NaN, Double.NaN, false)),
                            AssetScores.NONE,
                            0,
                            new Standing(true, 0, 1, 1),
                            "nothing known")));

    @Test
    void shouldReadBackWhatWasWritten() throws IOException {
        byte[] bytes = DecisionRecord.encode(DECISION);
        assertEquals(DECISION, DecisionRecord.decode(bytes, bytes.length));
        byte[] none = DecisionRecord.encode(UniverseDecision.NONE);
        assertEquals(UniverseDecision.NONE, DecisionRecord.decode(none, none.length));
    }

    @Test
    void shouldBeJsonThatOthersRead() throws IOException {
        JsonNode json = new ObjectMapper().readTree(DecisionRecord.encode(DECISION));
        assertEquals(1_790_000_000_123L, json.get("at_ms").longValue());
        assertEquals(.1 + .2, json.get("coins").get(0).get("liquidity").doubleValue());
        assertEquals(20, json.get("coins").get(0).size());
        assertEquals(true, json.get("coins").get(1).get("spread_bp").isNull());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"at_ms":1,"note":"x"}                | 'coins' must be a List, not null
            {"note":"x","coins":[]}               | 'at_ms' must be a Number
            {"at_ms":1,"note":"x","coins":[7]}    | must be an object, not 7
            {"at_ms":1,"note":"x","coins":[{}]}   | 'samples' must be a Number
            null                                  | 'coins' must be a List
            """)
    void shouldSayWhatIsMissing(String text, String message) {
        byte[] bytes = text.getBytes(UTF_8);
        String said = assertThrows(IOException.class, () -> DecisionRecord.decode(bytes, bytes.length))
                .getMessage();
        assertEquals(true, said.contains(message), said);
    }
}
