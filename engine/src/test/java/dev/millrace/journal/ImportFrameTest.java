package dev.millrace.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportFrameTest {

    private final ImportFrame frame = new ImportFrame();

    private String parse(ImportFrame.Form form, String text) throws IOException {
        byte[] line = text.getBytes(UTF_8);
        frame.parse(form, line, line.length);
        return new String(line, frame.offset, frame.length, UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1736985608957138466 {}         | TIMED",
                "17\tx                          | TIMED",
                "{\"time\":\"2025\"             | ARCHIVE",
                "{\"raw\":{},\"time\":\"2025\"} | ARCHIVE",
                "{\"channel\":\"pong\"}         | BARE",
                "Websocket connection made.     | BARE",
                "1234                           | BARE",
                "[1]                            | BARE"
            })
    void shouldTellTheFormByTheFirstLine(String line, ImportFrame.Form form) {
        byte[] bytes = line.getBytes(UTF_8);
        assertEquals(form, frame.formOf(bytes, bytes.length));
    }

    @Test
    void shouldTakeTheRestOfATimedLineAsItIs() throws IOException {
        assertEquals(" {\"a\": 1}\r", parse(ImportFrame.Form.TIMED, "1736985608957138466\t {\"a\": 1}\r"));
        assertEquals(1_736_985_608_957_138_466L, frame.ns);
        assertEquals("", parse(ImportFrame.Form.TIMED, "5 "));
        assertEquals(5, frame.ns);
    }

    @Test
    void shouldTakeTheTextOfRawByteForByteWhereverItStands() throws IOException {
        String raw = "{\"channel\": \"x\",\"data\":[1.50, \"}\\\"\",{} ]}";
        for (String line : new String[] {
            "{\"time\":\"2026-07-31T01:42:23.410781001\",\"ver_num\":1,\"raw\":" + raw + "}",
            "{\"raw\" : " + raw + " , \"ver_num\":1, \"time\" : \"2026-07-31T01:42:23.410781001\" }"
        }) {
            assertEquals(raw, parse(ImportFrame.Form.ARCHIVE, line));
            assertEquals(1_785_462_143_410_781_001L, frame.ns);
            assertTrue(frame.timed);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"time\":\"2026-07-31T01:42:23\",\"ver_num\":1}",
                "{\"ver_num\":1,\"raw\":{}}",
                "{\"time\":\"2026-07-31T01:42:23\",\"ver_num\":1,\"raw\":{\"a\":1}",
                "{\"time\":\"yesterday\",\"ver_num\":1,\"raw\":{}}",
                "{\"time\":\"9999-01-01T00:00:00\",\"ver_num\":1,\"raw\":{}}",
                "{\"time\":17,\"ver_num\":1,\"raw\":{}}",
                "{\"time\":null,\"raw\":{}}"
            })
    void shouldRefuseABrokenArchiveLine(String line) {
        assertThrows(IOException.class, () -> parse(ImportFrame.Form.ARCHIVE, line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "17", "{}", "-5 {}", "17,{}", "99999999999999999999 {}", "9223372036854775808 {}"})
    void shouldRefuseALineWithoutReceiveTimeAmongTimedOnes(String line) {
        assertThrows(IOException.class, () -> parse(ImportFrame.Form.TIMED, line));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"channel\":\"trades\",\"data\":[{\"time\":7,\"x\":{\"time\":99}},{\"time\":9},{\"time\":8}]} | 9",
                "{\"data\":{\"time\":5,\"levels\":[[],[{\"time\":6}]]},\"channel\":\"l2Book\"}                  | 5",
                "{\"channel\":\"bbo\",\"data\":{\"coin\":\"A\",\"time\":\"4\"}}                                 | none",
                "{\"channel\":\"bbo\",\"data\":{\"coin\":\"A\",\"time\":-4}}                                    | none",
                "{\"channel\":\"candle\",\"data\":{\"T\":5,\"time\":5}}                                         | none",
                "{\"channel\":\"trades\",\"data\":[]}                                                           | none",
                "{\"channel\":\"trades\",\"data\":[{\"time\":7}                                                 | none",
                "{\"channel\":7}                                                                                | none",
                "{}                                                                                             | none",
                "plain text                                                                                     | none"
            })
    void shouldFindTheExchangeTimeOfABareFrame(String line, String expected) throws IOException {
        assertEquals(line, parse(ImportFrame.Form.BARE, line));
        assertEquals(expected, frame.timed ? Long.toString(frame.ns / 1_000_000) : "none");
    }

    /** A recording ends anywhere: what was cut off must not end the import. */
    @Test
    void shouldReadOrRefuseALineThatIsCutAnywhere() {
        String book =
                "{\"channel\":\"l2\\u0042ook\",\"data\":{\"co\\u0069n\":\"x\",\"time\":1700000000000,\"x\":[1.5,null]}}";
        for (String line : new String[] {
            book, "{\"ti\\u006de\":\"2026-07-31T01\\u003a42:23.410781001\",\"ver_num\":1,\"raw\":" + book
        }) {
            for (int length = 0; length < line.length(); length++) {
                byte[] cut = line.substring(0, length).getBytes(UTF_8);
                ImportFrame.Form form = frame.formOf(cut, cut.length);
                try {
                    frame.parse(form, cut, cut.length);
                } catch (IOException refused) {
                    assertEquals(ImportFrame.Form.ARCHIVE, form, refused.getMessage());
                }
            }
        }
    }
}
