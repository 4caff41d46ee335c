package dev.millrace.codec.alternativeme;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.SentimentReading;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FearGreedDecoderTest {

    private static final String ENTRY = "{'value':'40','value_classification':'Fear','timestamp':'1790208000'}";

    private final FearGreedDecoder decoder = new FearGreedDecoder();

    @Test
    void shouldReadNumbersAsTextsAndAsNumbers() throws IOException {
        FearGreedReply reply = decode("{'name':'N','data':[{'value':71,'value_classification':'Greed','more':[1],"
                + "'timestamp':1790294400,'time_until_update':'33432'}," + ENTRY + "],'metadata':{'error':null}}");
        assertEquals(
                new FearGreedReply(
                        "N",
                        List.of(
                                new SentimentReading(1_790_294_400_000L, 71, "Greed", 9),
                                new SentimentReading(1_790_208_000_000L, 40, "Fear", 9)),
                        OptionalLong.of(33_432),
                        List.of()),
                reply);
        assertEquals(71, reply.newest().orElseThrow().value());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "'value':'40'|'value':'101'|value should be from 0 to 100",
                "'value':'40'|'value':'-1'|value should be from 0 to 100",
                "'value':'40'|'value':'40.5'|value should be a whole number",
                "'value':'40'|'value':null|value should be a whole number, but is null",
                "'value':'40',||value should be a whole number",
                "'Fear'|7|value_classification is no text",
                "'Fear'|' '|value_classification is no text",
                "'1790208000'|'24-09-2026'|ask without date_format",
                "'1790208000'|'1790208000000'|timestamp should be from",
                "'1790208000'|1790294400|the day is told twice",
            })
    void shouldRefuseAnEntryAndKeepTheOthers(String what, String by, String words) throws IOException {
        String other = ENTRY.replace("1790208000", "1790294400");
        FearGreedReply reply = decode("{'data':[" + other + "," + ENTRY.replace(what, by == null ? "" : by) + "]}");
        assertEquals(1, reply.readings().size());
        assertEquals(1, reply.refused().size());
        assertTrue(
                reply.refused().get(0).startsWith("data[1].")
                        && reply.refused().get(0).contains(words),
                reply.refused().get(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "{'data':[],'metadata':{'error':'too many'}}|answers with an error: too many",
                "{'data':[]}|holds no reading",
                "{'data':[7]}|data[0].value: an entry is an object, not 7",
                "{'name':'x'}|has no list 'data'",
                "[1]|not one JSON object",
                "null|not one JSON object",
                "{'data':[]} x|not one JSON object",
                "<html>busy</html>|is not JSON: <html>",
                "{'data':[|is not JSON",
                "#  #|is not JSON",
            })
    void shouldSayWhatAReplyIsInstead(String body, String words) {
        IOException refused = assertThrows(IOException.class, () -> decode(body));
        String said = refused.getMessage().replace('"', '\'');
        assertTrue(said.contains(words), said);
        assertEquals(1, said.lines().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void shouldRefuseWhatIsTooDeepToReadByRecursion(String level) {
        IOException refused = assertThrows(IOException.class, () -> decode(level.repeat(1_000_000)));
        assertTrue(refused.getMessage().contains("nested deeper"), refused.getMessage());
    }

    /** Truncated and mutated replies: a value or words, nothing else. */
    @Test
    void shouldSurviveEveryDamage() throws IOException {
        byte[] sound = json("{'name':'N','data':[" + ENTRY + "],'metadata':{'error':null}}");
        long seed = 11;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = Arrays.copyOf(sound, random.nextInt(sound.length + 1));
            for (int n = random.nextInt(4); n > 0 && damaged.length > 0; n--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                for (SentimentReading reading : decoder.decode(damaged, 1).readings()) {
                    assertTrue(reading.value() >= 0 && reading.value() <= 100 && reading.dayMs() > 0);
                }
            } catch (IOException words) {
                assertTrue(!words.getMessage().isEmpty(), "seed " + seed);
            }
        }
    }

    private FearGreedReply decode(String body) throws IOException {
        return decoder.decode(json(body), 9);
    }

    private static byte[] json(String quoted) {
        return quoted.replace('\'', '"').getBytes(UTF_8);
    }
}
