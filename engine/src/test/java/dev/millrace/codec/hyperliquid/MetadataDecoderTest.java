package dev.millrace.codec.hyperliquid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.Recordings;
import dev.millrace.market.Instrument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataDecoderTest {

    private static final ObjectMapper JACKSON = new ObjectMapper();

    private final MetadataDecoder decoder = new MetadataDecoder();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "20260206-metaAndAssetCtxs.json",
                "20260206-metaAndAssetCtxs-dex-xyz.json",
                "20260731-h5i-meta_and_asset_ctxs.json"
            })
    void shouldReadRecordedPerpsWithTheirVolumes(String file) throws IOException {
        byte[] body = recorded(file);
        JsonNode reply = JACKSON.readTree(body);

        assertEquals(perps(reply.get(0), reply.get(1)), decoder.metaAndAssetCtxs(body, body.length));
        byte[] meta = JACKSON.writeValueAsBytes(reply.get(0));
        assertEquals(perps(reply.get(0), null), decoder.meta(meta, meta.length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"20230717-meta.json", "20251213-meta.json"})
    void shouldReadRecordedPerps(String file) throws IOException {
        byte[] body = recorded(file);

        assertEquals(perps(JACKSON.readTree(body), null), decoder.meta(body, body.length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"20250822-spotMetaAndAssetCtxs.json", "20260812-spotMetaAndAssetCtxs-null-midPx.json"})
    void shouldReadRecordedSpotPairs(String file) throws IOException {
        JsonNode meta = JACKSON.readTree(recorded(file)).get(0);
        byte[] body = JACKSON.writeValueAsBytes(meta);

        assertEquals(pairs(meta), decoder.spotMeta(body, body.length));
    }

    @Test
    void shouldReadARecordedSpotMeta() throws IOException {
        byte[] body = recorded("20260731-h5i-spot_meta.json");

        assertEquals(pairs(JACKSON.readTree(body)), decoder.spotMeta(body, body.length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"20251213-perpDexs.json", "20260622-perpdexs.json"})
    void shouldReadRecordedDexes(String file) throws IOException {
        byte[] body = recorded(file);
        List<String> expected = new ArrayList<>();
        JACKSON.readTree(body).forEach(dex -> expected.add(dex.path("name").asText()));

        assertEquals(expected, decoder.perpDexs(body, body.length));
        assertEquals(List.of("", "xyz"), expected.subList(0, 2));
    }

    @Test
    void shouldJoinContextsByPosition() throws IOException {
        byte[] body = bytes("[{'universe':[{'name':'A','szDecimals':0,'maxLeverage':40},"
                + "{'szDecimals':5,'name':'x:B','isDelisted':true,'onlyIsolated':true}]},"
                + "[{'dayNtlVlm':'1.5'},{'dayNtlVlm':2}]]");

        assertEquals(
                List.of(
                        new Instrument("A", 0, 0, false, false, 40, false, 1.5),
                        new Instrument("x:B", 1, 5, false, true, 0, true, 2)),
                decoder.metaAndAssetCtxs(body, body.length));
    }

    @Test
    void shouldFindTheBaseTokenByItsIndex() throws IOException {
        byte[] body = bytes("{'tokens':[{'index':9,'szDecimals':1},{'index':0,'szDecimals':8}],"
                + "'universe':[{'name':'@7','index':7,'tokens':[9,0]}]}");

        Instrument pair = decoder.spotMeta(body, body.length).get(0);
        assertEquals("@7", pair.name());
        assertEquals(7, pair.index());
        assertEquals(1, pair.sizeDecimals());
        assertTrue(pair.spot() && Double.isNaN(pair.dayNotionalVolume()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            null                                              | neither a JSON object nor an array: null
            Failed to deserialize                             | neither a JSON object nor an array: Failed
            [{'universe':[]}                                  | neither a JSON object nor an array
            []                                                | not of 0 elements
            [{},[]]                                           | metaAndAssetCtxs[0].universe is missing
            [{'universe':{}},[]]                              | metaAndAssetCtxs[0].universe should be an array
            [{'universe':[7]},[{'dayNtlVlm':'1'}]]            | universe[0] should be an object
            [{'universe':[]},[{}]]                            | a context for each of the 0 perps, not 1
            [{'universe':[{'name':'A','szDecimals':1}]},[{}]] | metaAndAssetCtxs[1][0].dayNtlVlm is missing
            [{'universe':[{'name':'A','szDecimals':1}]},[{'dayNtlVlm':'x'}]] | [1][0].dayNtlVlm should be a number
            [{'universe':[{'name':'A','szDecimals':1}]},[{'dayNtlVlm':null}]] | dayNtlVlm should be a number, but is null
            [{'universe':[{'name':'A','szDecimals':99}]},[{'dayNtlVlm':'1'}]] | universe[0].szDecimals should be 0 to 18
            [{'universe':[{'name':'A','szDecimals':'1'}]},[{'dayNtlVlm':'1'}]] | szDecimals should be an integer
            [{'universe':[{'name':'','szDecimals':1}]},[{'dayNtlVlm':'1'}]] | universe[0].name should be a name
            [{'universe':[{'name':'A','szDecimals':1,'isDelisted':0}]},[{'dayNtlVlm':'1'}]] | isDelisted should be true or false
            """)
    void shouldSayWhatIsWrongAndWhere(String body, String message) {
        byte[] bytes = bytes(body);

        String said = assertThrows(IOException.class, () -> decoder.metaAndAssetCtxs(bytes, bytes.length))
                .getMessage();
        assertTrue(said.contains(message), said);
    }

    private static List<Instrument> perps(JsonNode meta, JsonNode contexts) {
        List<Instrument> perps = new ArrayList<>();
        for (JsonNode perp : meta.get("universe")) {
            double volume = contexts == null
                    ? Double.NaN
                    : contexts.get(perps.size()).get("dayNtlVlm").asDouble();
            perps.add(new Instrument(
                    perp.get("name").textValue(),
                    perps.size(),
                    perp.get("szDecimals").intValue(),
                    false,
                    perp.path("isDelisted").asBoolean(),
                    perp.get("maxLeverage").intValue(),
                    perp.path("onlyIsolated").asBoolean(),
                    volume));
        }
        return perps;
    }

    private static List<Instrument> pairs(JsonNode meta) {
        List<Instrument> pairs = new ArrayList<>();
        for (JsonNode pair : meta.get("universe")) {
            int base = pair.get("tokens").get(0).intValue();
            for (JsonNode token : meta.get("tokens")) {
                if (token.get("index").intValue() == base) {
                    int decimals = token.get("szDecimals").intValue();
                    int index = pair.get("index").intValue();
                    String name = pair.get("name").textValue();
                    pairs.add(new Instrument(name, index, decimals, true, false, 0, false, Double.NaN));
                }
            }
        }
        return pairs;
    }

    private static byte[] recorded(String file) throws IOException {
        return Files.readAllBytes(Recordings.file("hyperliquid/rest/" + file));
    }

    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
