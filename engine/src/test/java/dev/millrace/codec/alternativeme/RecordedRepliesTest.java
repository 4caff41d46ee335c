package dev.millrace.codec.alternativeme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.Recordings;
import dev.millrace.market.SentimentReading;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every leaf of the source's recorded replies, as an independent library reads it. */
class RecordedRepliesTest {

    private static final String CSV = "fear-greed/fng-20240501-limit0-format-csv-date_format-world.txt";
    private static final ObjectMapper JACKSON = new ObjectMapper();

    private final FearGreedDecoder decoder = new FearGreedDecoder();

    @Test
    void shouldReadTheReplyOfTwoDaysAsJacksonDoes() throws IOException {
        byte[] body = Files.readAllBytes(Recordings.file("fear-greed/fng-20260925-limit2.json"));
        assertEquals(9, compare(body, 2));
    }

    @Test
    void shouldRefuseCsvInAWrapperInWords() throws IOException {
        byte[] body = Files.readAllBytes(Recordings.file(CSV));
        IOException refused = assertThrows(IOException.class, () -> decoder.decode(body, 1));
        assertEquals(
                "the reply is CSV in a wrapper that only looks like JSON; ask with format=json", refused.getMessage());
    }

    /** The values of the other recording in the form that is asked for: six years, days missing among them. */
    @Test
    void shouldReadTheWholePastAsJacksonDoes() throws IOException {
        DateTimeFormatter world = DateTimeFormatter.ofPattern("dd-MM-yyyy", Locale.ROOT);
        ObjectNode reply = JACKSON.createObjectNode().put("name", "Fear and Greed Index");
        ArrayNode data = reply.putArray("data");
        Pattern.compile("^(\\d{2}-\\d{2}-\\d{4}),(\\d+),(.+)$", Pattern.MULTILINE)
                .matcher(Files.readString(Recordings.file(CSV)))
                .results()
                .forEach(line -> data.addObject()
                        .put("value", line.group(2))
                        .put("value_classification", line.group(3))
                        .put(
                                "timestamp",
                                Long.toString(LocalDate.parse(line.group(1), world)
                                        .atStartOfDay(ZoneOffset.UTC)
                                        .toEpochSecond())));
        reply.putObject("metadata").putNull("error");
        assertEquals(2_279 * 3 + 2, compare(JACKSON.writeValueAsBytes(reply), 2_279));
    }

    /** Gives the number of leaves. */
    private int compare(byte[] body, int days) throws IOException {
        JsonNode expected = JACKSON.readTree(body);
        FearGreedReply reply = decoder.decode(body, 7);
        assertEquals(List.of(), reply.refused());
        assertEquals(days, reply.readings().size());
        List<String> leaves = new ArrayList<>();
        leaves.add(same(expected.get("name").textValue(), reply.name()));
        assertTrue(expected.get("metadata").get("error").isNull());
        leaves.add("error");
        for (int i = 0; i < days; i++) {
            JsonNode entry = expected.get("data").get(i);
            SentimentReading reading = reply.readings().get(i);
            leaves.add(same(entry.get("value").textValue(), Integer.toString(reading.value())));
            leaves.add(same(entry.get("value_classification").textValue(), reading.classification()));
            leaves.add(same(entry.get("timestamp").textValue() + "000", Long.toString(reading.dayMs())));
            if (entry.has("time_until_update")) {
                String seconds = Long.toString(reply.secondsUntilUpdate().orElseThrow());
                leaves.add(same(entry.get("time_until_update").textValue(), seconds));
            }
        }
        System.out.println("sentiment: " + leaves.size() + " leaves of " + days + " days read as Jackson reads them");
        return leaves.size();
    }

    private static String same(String expected, String actual) {
        assertEquals(expected, actual);
        return actual;
    }
}
