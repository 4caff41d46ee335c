package dev.millrace.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.Gap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GapRecordTest {

    @Test
    void shouldWriteExactlyTheKeysOfTheContract() {
        Gap gap = new Gap(
                "BTC", "trades", 1_756_904_247_000L, 1_756_904_497_001L, "disconnect", Gap.Evidence.PROVEN, true);
        assertEquals(
                "{\"symbol\":\"BTC\",\"stream\":\"trades\",\"from_ms\":1756904247000,\"to_ms\":1756904497001,"
                        + "\"cause\":\"disconnect\",\"evidence\":\"proven\",\"repaired\":true}",
                new String(GapRecord.encode(gap), UTF_8));
    }

    @Test
    void shouldReadBackEveryGap() {
        for (Gap.Evidence evidence : Gap.Evidence.values()) {
            Gap gap = new Gap("a\"\\\n\u00e4\u2028/B", "", -5, Long.MAX_VALUE, "why\t", evidence, false);
            byte[] bytes = GapRecord.encode(gap);
            assertEquals(gap, GapRecord.decode(bytes, bytes.length));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"symbol\":\"BTC\"",
                "{\"symbol\":1,\"stream\":\"s\",\"from_ms\":1,\"to_ms\":2,\"cause\":\"c\",\"evidence\":\"proven\",\"repaired\":true}",
                "{\"symbol\":\"B\",\"stream\":\"s\",\"from_ms\":1,\"to_ms\":2,\"cause\":\"c\",\"evidence\":\"maybe\",\"repaired\":true}",
                "{\"symbol\":\"B\",\"stream\":\"s\",\"from_ms\":1.5,\"to_ms\":2,\"cause\":\"c\",\"evidence\":\"proven\",\"repaired\":true}",
                "{\"symbol\":\"B\",\"stream\":\"s\",\"from_ms\":1,\"to_ms\":2,\"cause\":\"c\",\"evidence\":\"proven\",\"other\":true}"
            })
    void shouldRefuseWhatIsNoGap(String payload) {
        byte[] bytes = payload.getBytes(UTF_8);
        JournalException refusal = assertThrows(JournalException.class, () -> GapRecord.decode(bytes, bytes.length));
        assertTrue(refusal.getMessage().contains("gap record"), refusal.getMessage());
    }
}
